package org.ringdown.gateway.bridge.leg;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import java.util.function.Consumer;
import org.ringdown.gateway.bridge.reason.TransferReasons;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.media.leg.LegRef;

/**
 * One leg of a call, whatever it speaks: the verbs that the call has for it. A verb that means
 * nothing to a kind of leg does nothing. Called on the call's executor only.
 */
public interface Leg {
  /** Who is at its end, and where it sits. */
  Seat seat();

  /** The leg as the media engine knows it. */
  default LegRef media() {
    return seat().media();
  }

  /** Whether somebody is there already who has media of its own to speak of. */
  default boolean isThere() {
    return true;
  }

  /**
   * Header fields to say with what is said next of the call as a whole: that the callee alerts or
   * has answered, or that the call is over. They take the place of those before.
   */
  default void say(ImmutableMap<String, String> headers) {}

  /** The callee alerts. */
  default void ring() {}

  /** The caller is to hear the callee before the answer. */
  default void progress(String sdp) {}

  /** The callee has answered. {@code sdp} is the offer for a calling leg that made none. */
  default void answer(String sdp) {}

  /** Whether {@link LegListener#onConfirmed} follows an answer; without it the answer is enough. */
  default boolean confirmsAnswers() {
    return false;
  }

  /**
   * The answer to what {@link LegListener#onOffer} announced, or the offer that {@link
   * LegListener#onOfferAsked} asks for.
   */
  default void answerOffer(String sdp) {}

  /** What {@link LegListener#onOffer} announced cannot be had; the call goes on as it was. */
  default void refuseOffer(EndReason reason) {}

  /** The other side has put the call on hold, or taken it back. */
  default void held(boolean held) {}

  /**
   * Whether a change of the media between the two sides is said by {@link #offer}; a leg for which
   * it is not notices nothing of it.
   */
  default boolean takesOffers() {
    return false;
  }

  /** Whether streams may be added by {@link #offer}, and pictures begin and stop. */
  default boolean takesStreams() {
    return false;
  }

  /** A new offer in the middle of the call; {@link LegListener#onOfferAnswered} follows. */
  default void offer(String sdp) {}

  /** The other side is somebody else from now on. */
  default void transferredTo(Party party) {}

  /** The other side pressed a key. A page is told; a phone has heard it in its media. */
  default void digit(char digit, int durationMs) {}

  /** Keys that the other side pressed, for a leg whose media have no format for them. */
  default void digitsBeside(String digits, int durationMs, int gapMs) {}

  /** The other side needs a whole picture, of a leg whose media have no way to say so. */
  default void askPicture() {}

  /** How the media stand. */
  default void media(MediaNews news) {}

  /** Whoever is at its end is to call somebody by itself; most cannot. */
  default void refer(Handover handover) {
    handover.progress().refused(TransferReasons.CANNOT);
  }

  /**
   * Tells by which address somebody can be sent to take the gateway's place at its end, or empty.
   *
   * @param known gets it once, on any thread
   */
  default void placeAt(Consumer<Optional<String>> known) {
    known.accept(Optional.empty());
  }

  /** The leg is to end, in the way its own state asks for. Nothing is heard of it afterwards. */
  void end(EndReason reason);
}
