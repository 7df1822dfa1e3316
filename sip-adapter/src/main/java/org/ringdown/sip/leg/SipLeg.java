package org.ringdown.sip.leg;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.message.SipStatus;

/**
 * One INVITE dialog of ours, in either role (RFC 3261 sections 12 to 15). Retransmission of 2xx,
 * ACK, CANCEL against BYE and crossing messages are settled inside; whoever holds the leg says only
 * what the call wants. A verb that does not fit the dialog's state any more is ignored, because the
 * two sides of a call run on their own and messages cross. Those for the called side (UAS) mean
 * nothing to a leg of the other role.
 *
 * <p>Safe from any thread, but never to be called from a media or WebSocket thread: sending over
 * TCP may block. No verb throws for what a peer or the network did; that arrives at the {@link
 * Listener}.
 */
public interface SipLeg {
  /** The Call-ID of the dialog. */
  String callId();

  /**
   * Header fields to put into the next message of ours that is about the call as a whole: a
   * response to the INVITE above 100, or the BYE. They take the place of those said before; a name
   * that is the gateway's own is left out.
   */
  void say(ImmutableMap<String, String> headers);

  /** UAS: sends 180 Ringing. */
  default void ring() {}

  /** UAS: sends 183 Session Progress with early media. */
  default void progress(String sdp) {}

  /**
   * UAS: sends 200 OK and repeats it until the ACK comes (RFC 3261 section 13.3.1.4). If the INVITE
   * had no offer, {@code sdp} is ours, and {@link Listener#onOfferAnswered} comes before {@link
   * Listener#onConfirmed}; an ACK without an answer ends the leg.
   */
  default void answer(String sdp) {}

  /**
   * UAS: which extensions to use, before anything else is said. A caller that insists on what the
   * policy does not give, or cannot do what it requires, is refused (420, 421).
   *
   * @return whether the leg goes on; false if it was refused and is over
   */
  default boolean follow(DialogPolicy policy) {
    return true;
  }

  /** UAS: refuses the INVITE with 401 and fresh digest challenges; the leg is over. */
  default void challenge() {}

  /**
   * Answers the re-INVITE last announced by {@link Listener#onOffer}, or offers if it asks so. UAC:
   * answers an offer that our INVITE has asked for, in the order in which {@link
   * Listener#onProgress} and {@link Listener#onAnswered} have told of them; until then the response
   * that holds it is not acknowledged.
   */
  void answerOffer(String sdp);

  /** Refuses the re-INVITE last announced by {@link Listener#onOffer}. The dialog goes on. */
  void refuseOffer(SipStatus status);

  /**
   * Sends a re-INVITE within the dialog (RFC 3261 section 14.1). The answer comes as {@link
   * Listener#onOfferAnswered}.
   */
  void offer(String sdp);

  /**
   * Sends digits by INFO (application/dtmf-relay), one after the other; without effect before the
   * call is confirmed. A comma is a pause of two seconds; what is no digit is left out, and so is
   * what makes the row longer than 256.
   *
   * @param durationMs how long each lasts: 0 for the usual 100 ms, else brought within 40 ms and 6
   *     s
   * @param gapMs silence behind each: 0 for the usual 70 ms, else brought within the same
   */
  void digits(String digits, int durationMs, int gapMs);

  /**
   * Asks the peer for a whole picture by INFO (RFC 5168), once a second at most; without effect
   * before the call is confirmed, and once the peer has refused.
   */
  void askPicture();

  /**
   * Asks the peer to call somebody else by itself, by REFER within the dialog (RFC 3515); refused
   * at once unless the dialog stands. The dialog goes on whatever comes of it; to end it once the
   * target has answered is the holder's part.
   *
   * @param referTo the URI of the target, with header fields if it is to have any: {@link #referTo}
   *     of another leg for an attended transfer (RFC 5589 section 7)
   * @param onlyIfAllowed to refuse at once where the peer has not named REFER in Allow
   * @param progress hears what comes of it
   */
  void refer(String referTo, boolean onlyIfAllowed, ReferProgress progress);

  /**
   * Tells by which URI somebody can be sent to take this leg's place at its peer: the peer's
   * Contact, with the name of the dialog as Replaces (RFC 3891); empty unless the dialog stands.
   * Comes on a SIP thread.
   */
  void referTo(Consumer<Optional<String>> known);

  /**
   * Ends the leg by whatever its state asks for: a final response, CANCEL, BYE, or nothing if it is
   * over. {@code status} is the final response, and gives the Reason header of CANCEL and BYE.
   */
  void end(SipStatus status);

  /**
   * Hears what the peer does. Called on SIP threads, one call at a time per leg and in order; must
   * return quickly and never block.
   */
  interface Listener {
    /** For a leg that is refused before anybody needs to listen. */
    Listener NONE = new Listener() {};

    /**
     * The header fields, by lower-case name, of the message that the next event comes of: of a
     * response to our INVITE, or a BYE. Credentials are left out.
     */
    default void onHeaders(ImmutableListMultimap<String, String> headers) {}

    /**
     * UAC: a provisional response above 100; {@code sdp} is early media, or null. Where our INVITE
     * had no offer, it is one, and wants {@link SipLeg#answerOffer}.
     */
    default void onProgress(int code, @Nullable String sdp) {}

    /**
     * UAC: a 2xx with an answer, already acknowledged. One without ends the call. Where our INVITE
     * had no offer, {@code sdp} is one, and wants {@link SipLeg#answerOffer}, unless {@link
     * #onProgress} has told of the same.
     */
    default void onAnswered(String sdp) {}

    /** UAS: the ACK of our 2xx came. */
    default void onConfirmed() {}

    /** A re-INVITE came; {@code sdp} null if it asks us for an offer. */
    default void onOffer(@Nullable String sdp) {}

    /**
     * The answer to an offer of ours: to {@link SipLeg#offer}, null if it was refused; or to one
     * that the peer asked for, and then never null.
     */
    default void onOfferAnswered(@Nullable String sdp) {}

    /** A REFER came; it has to be answered. */
    default void onRefer(Referral referral) {
      referral.refuse(new SipStatus(603, "Decline", 0, ""));
    }

    /** A digit by INFO (application/dtmf-relay or application/dtmf). */
    default void onDigit(char digit, int durationMs) {}

    /** The peer asks for a whole picture by INFO (RFC 5168). */
    default void onPictureAsked() {}

    /** Who listens in the end; another where this one only stands in between. */
    default Listener holder() {
      return this;
    }

    /** The leg is over, by the peer or the network. Not called after our own {@link SipLeg#end}. */
    default void onEnded(SipEnd end) {}
  }
}
