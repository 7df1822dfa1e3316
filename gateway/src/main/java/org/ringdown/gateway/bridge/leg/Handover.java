package org.ringdown.gateway.bridge.leg;

import org.ringdown.gateway.call.EndReason;

/**
 * What a leg is asked that is to call the target of a transfer by itself.
 *
 * @param to where it is to call, in the leg's own terms
 * @param onlyIfAble to ask only a leg that has said that it can
 * @param progress hears what comes of it, on any thread
 */
public record Handover(String to, boolean onlyIfAble, Progress progress) {
  /** Any number of the first two, then one of the others. */
  public interface Progress {
    /** The leg is at it. */
    void trying();

    /** The target alerts. */
    void alerted();

    /** Leg and target talk, without the gateway. */
    void done();

    /** The target does not want to talk, or is not there. */
    void failed(EndReason reason);

    /** The leg does not do it. */
    void refused(EndReason reason);
  }
}
