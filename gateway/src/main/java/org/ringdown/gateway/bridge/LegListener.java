package org.ringdown.gateway.bridge;

import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;
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

  /** The answer to {@link Leg#offer}, or null: it was refused, and all is as it was before. */
  default void onOfferAnswered(@Nullable String sdp) {}

  /** The leg holds the call, or takes it back, without an offer. */
  default void onHold(boolean holds) {}

  /** The leg's own figures of the call. */
  default void onStats(ImmutableMap<String, Object> report) {}

  /** Digits for the other side, outside of the media. */
  default void onDigits(String digits, int durationMs, int gapMs) {}

  /** The leg is over by its own doing; {@link EndReason#by} is set by the hearer. */
  default void onEnded(EndReason reason) {}
}
