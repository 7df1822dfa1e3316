package org.ringdown.gateway.bridge.leg;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.reason.TransferReasons;
import org.ringdown.gateway.call.EndReason;

/** What a leg does on its own. Called on the call's executor only. */
public interface LegListener {
  /**
   * The header fields that the side says with what it does next; which of them pass is not decided
   * yet.
   */
  default void onHeaders(ImmutableMap<String, String> headers) {}

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
   * The answer to {@link Leg#offer}, or null: it was refused, and all is as it was before. Also the
   * answer to an offer that the leg asked for, and of a calling leg that made none itself; then
   * never null.
   */
  default void onOfferAnswered(@Nullable String sdp) {}

  /** The leg holds the call, or takes it back, without an offer. */
  default void onHold(boolean holds) {}

  /** One more way to a page. */
  default void onCandidate(String line) {}

  /**
   * The leg's own figures of the call.
   *
   * @param seen takes what the gateway sees of the leg's media, once
   */
  default void onStats(
      ImmutableMap<String, Object> report, Consumer<ImmutableMap<String, Object>> seen) {
    seen.accept(ImmutableMap.of());
  }

  /** Digits for the other side, outside of the media. */
  default void onDigits(String digits, int durationMs, int gapMs) {}

  /** The leg asks for a whole picture of the other side. */
  default void onPictureAsked() {}

  /** Another call of whoever has this leg wants the other side of this one. */
  default void onClaimed(Claim claim) {
    claim.refuse(TransferReasons.LOST);
  }

  /** Another call of whoever has this leg asks for the address of the other side of this one. */
  default void onFarEndAsked(FarEnd asked) {
    asked.unknown();
  }

  /** The other side of this call talks to somebody else now, without the gateway. */
  default void onFarEndGone() {}

  /** Somebody who has this leg wants to go on in its place with another one. */
  default void onReplaced(Replacement replacement) {
    replacement.refuse(TransferReasons.LOST);
  }

  /** The leg wants the other side to talk to somebody else. */
  default void onTransfer(TransferRequest request) {}

  /**
   * A called leg is over: it is to be looked for elsewhere (RFC 3261 section 8.1.3.4).
   *
   * @param targets URIs, the most wanted first; not empty
   * @param reason how it ends for whom nobody looks further
   */
  default void onRedirected(ImmutableList<String> targets, EndReason reason) {
    onEnded(reason);
  }

  /** The leg is over by its own doing; {@link EndReason#by} is set by the hearer. */
  default void onEnded(EndReason reason) {}
}
