package org.ringdown.gateway.bridge;

import org.ringdown.gateway.call.EndReason;

/** What a leg does on its own. Called on the call's executor only. */
interface LegListener {
  /** A called leg alerts. */
  default void onAlerted() {}

  /** A called leg sends media before it answers. */
  default void onProgressed(String sdp) {}

  /** A called leg picked up. */
  default void onAnswered(String sdp) {}

  /** A calling leg knows of the answer. */
  default void onConfirmed() {}

  /** New media are offered in the middle of the call. */
  default void onOffer(String sdp) {}

  /** An offer is asked for in the middle of the call; it goes where answers go. */
  default void onOfferAsked() {}

  /**
   * The answer to an offer of ours; for a calling leg without an offer, before its confirmation.
   */
  default void onOfferAnswered(String sdp) {}

  /** Digits for the other side, outside of the media. */
  default void onDigits(String digits, int durationMs, int gapMs) {}

  /** The leg is over by its own doing; {@link EndReason#by} is set by the hearer. */
  default void onEnded(EndReason reason) {}
}
