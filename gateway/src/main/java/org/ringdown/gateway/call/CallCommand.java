package org.ringdown.gateway.call;

/** What is to be done, in the order given. */
public sealed interface CallCommand {
  /** Offer the call to the callee. */
  record Offer() implements CallCommand {}

  /** Tell the caller that the callee alerts. */
  record Alert() implements CallCommand {}

  /** Join the media of the two sides for the first time. */
  record JoinMedia(LegSdp callee) implements CallCommand {}

  /** The callee's media have changed; join them again. */
  record UpdateMedia(LegSdp callee) implements CallCommand {}

  /** Let the caller hear the callee before the answer. */
  record Progress() implements CallCommand {}

  /** Tell the caller that the callee has answered. */
  record Answer() implements CallCommand {}

  /** Answer an offer made in the middle of the call. */
  record AnswerOffer(Side side, LegSdp offer) implements CallCommand {}

  /** Take this offer of the caller in place of its first, which has not been answered. */
  record ReplaceOffer(LegSdp offer) implements CallCommand {}

  /**
   * Those who are called now have had their time: the callee's leg is to go on to the next, or to
   * say that it has ended.
   */
  record GiveUp(EndReason reason) implements CallCommand {}

  /** Offer the call to the target of a transfer. */
  record OfferTarget() implements CallCommand {}

  /** The target's leg takes the place of this side's, which is over. */
  record Replace(Side side) implements CallCommand {}

  /** Those of the target who are called now have had their time: as {@link GiveUp}. */
  record GiveUpTarget(EndReason reason) implements CallCommand {}

  /** End the target's leg, which has not taken a side's place. */
  record EndTarget(EndReason reason) implements CallCommand {}

  /** Tell the side that wanted the transfer that it came to nothing. */
  record TransferFailed(EndReason reason) implements CallCommand {}

  /** End a leg that is not over yet. At most once for each leg. */
  record End(Side side, EndReason reason) implements CallCommand {}

  /** Let go of the media. Exactly once. */
  record ReleaseMedia() implements CallCommand {}

  /** The call is over: exactly once, and the last command. */
  record Finish(EndReason reason) implements CallCommand {}
}
