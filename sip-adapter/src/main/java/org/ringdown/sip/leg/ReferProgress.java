package org.ringdown.sip.leg;

import org.ringdown.sip.message.SipStatus;

/**
 * Hears what comes of {@link SipLeg#refer}: any number of the first two, then one of the others,
 * once. Called on SIP threads, in order; must return quickly and never block.
 */
public interface ReferProgress {
  /** The peer takes it: it answered with a 2xx, or sent news at once. */
  void onAccepted();

  /** What the peer has heard of the target so far: 100, 180, 183 (RFC 3515 section 2.4.5). */
  void onProgress(SipStatus status);

  /** What the target has said at last: a 2xx if it talks to the peer now. */
  void onTargetAnswered(SipStatus status);

  /**
   * The peer does not do it, or does not say what came of it: it refused the REFER, was silent, or
   * ended the subscription without a final status. The call goes on as it was.
   */
  void onRefused(SipStatus status);
}
