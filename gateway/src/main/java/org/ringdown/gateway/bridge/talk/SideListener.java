package org.ringdown.gateway.bridge.talk;

import com.google.common.collect.ImmutableMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.Claim;
import org.ringdown.gateway.bridge.leg.FarEnd;
import org.ringdown.gateway.bridge.leg.Replacement;
import org.ringdown.gateway.bridge.leg.TransferRequest;
import org.ringdown.gateway.call.Side;

/** Hears what a side does within the call without changing its state. */
public interface SideListener {
  /** The header fields that the side says with what it does next. */
  void onHeaders(Side from, ImmutableMap<String, String> headers);

  /** Digits for the other side, outside of the media. */
  void onDigits(Side from, String digits, int durationMs, int gapMs);

  /** A digit in the media of the side, which is in those of the other if it takes any. */
  void onHeardDigit(Side from, char digit, int durationMs);

  /** The side holds the call, or takes it back, without an offer. */
  void onHold(Side by, boolean holds);

  /** One more way to the side, a page. */
  void onCandidate(Side by, String line);

  /** The side's own figures of the call; {@code seen} takes what the gateway sees of its media. */
  void onStats(
      Side by, ImmutableMap<String, Object> report, Consumer<ImmutableMap<String, Object>> seen);

  /** The side needs a whole picture of the other, and nobody has told that one in the media. */
  void onPictureAsked(Side by);

  /** The side wants the other one to talk to somebody else. */
  void onTransfer(Side by, TransferRequest request);

  /** Another call of the side's party wants the other side of this one. */
  void onClaimed(Side by, Claim claim);

  /** Another call of the side's party asks for the address of the other side of this one. */
  void onFarEndAsked(Side by, FarEnd asked);

  /** The other side talks to somebody else now, without the gateway. */
  void onFarEndGone(Side by);

  /** Somebody who has the side's leg wants to go on in its place with another one. */
  void onReplaced(Side by, Replacement replacement);

  /** The side asks for an offer of its media. */
  void onOfferAsked(Side by);

  /** The answer to an offer of the gateway's own, or null if it was refused. */
  void onOfferAnswered(Side by, @Nullable String sdp);
}
