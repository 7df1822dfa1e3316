package org.ringdown.gateway.media;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * The media of one call. A leg is named by a string of the caller's choice; the first {@link
 * #offer} names the calling leg too. The order for a call is: {@code offer} for each called leg,
 * {@code answer} for the first SDP of any of them (early media), again for each later one, {@code
 * release} for the legs that did not win, {@link #close}. Not thread-safe: one call's executor.
 */
public interface MediaSession extends AutoCloseable {
  /**
   * Rewrites the calling leg's offer for one called leg. The calling leg's own transport is set up
   * by the first such call.
   *
   * @param from the calling leg
   * @param offer null if the calling leg made none: {@link #answer} then gives the offer for it,
   *     and {@link #answerAgain} takes what it says to that
   * @param to the called leg; each has its own transport
   * @throws MediaException if the offer cannot be used or no port is left
   */
  String offer(LegRef from, @Nullable String offer, LegRef to) throws MediaException;

  /**
   * Makes room for a called leg that is asked for an offer instead: {@link #answerAsked} answers
   * it, {@link #answer} with the same offer then joins the leg.
   *
   * @param from the calling leg
   * @param offer as for {@link #offer}
   * @param to the called leg
   * @throws MediaException if the offer cannot be used
   */
  void ask(LegRef from, @Nullable String offer, LegRef to) throws MediaException;

  /**
   * Answers the offer of a called leg that was asked for one, from what the calling leg has
   * offered. A second offer is that of another fork; the same again gets the same answer.
   *
   * @throws MediaException if the two have no codec in common, or no port is left
   */
  String answerAsked(LegRef called, String offer) throws MediaException;

  /**
   * An answer that takes nothing of a called leg's offer, for a leg that is let go then.
   *
   * @throws MediaException if the offer cannot be read
   */
  String refusal(LegRef called, String offer) throws MediaException;

  /**
   * Takes another first offer of the calling leg, which has not been answered yet: its page was
   * loaded anew. What called legs were offered stays as it is.
   *
   * @throws MediaException if it cannot be used, or the leg has its answer; all stays as it was
   */
  void replaceOffer(LegRef from, String offer) throws MediaException;

  /**
   * Takes the answer of a called leg, joins it with the calling leg, and gives the answer for the
   * calling leg, or the offer for one that made none. Media of the leg answered last are heard. For
   * a calling leg that has its text already the result is the same text: one answer per offer,
   * whatever the other side does.
   */
  String answer(LegRef called, String answer) throws MediaException;

  /**
   * Answers an offer that one leg sends in the middle of the call (hold, resume, new address, ICE
   * restart, session refresh, a page that was loaded anew) without asking the other.
   */
  String reoffer(LegRef leg, String offer) throws MediaException;

  /**
   * What the other leg is to be asked before this offer can be answered, because it adds streams:
   * an offer. {@link #changeAnswered} takes the answer, {@link #reoffer} of the same offer then has
   * what was taken in its answer, and without an answer refuses what is new.
   *
   * @return empty if nothing is added that the other could take, or the two are not joined
   * @throws MediaException if the offer cannot be used
   */
  Optional<String> offerAdded(LegRef from, String offer, LegRef to) throws MediaException;

  /**
   * An offer that tells a leg which of the other's pictures come, if that has changed; {@link
   * #changeAnswered} takes the answer.
   *
   * @throws MediaException if nothing is agreed on with the leg
   */
  Optional<String> offerFollowing(LegRef to) throws MediaException;

  /**
   * Takes a leg's answer to {@link #offerAdded} or {@link #offerFollowing}.
   *
   * @throws MediaException if it cannot be used: all stays as it was
   */
  void changeAnswered(LegRef from, String answer) throws MediaException;

  /**
   * The leg has refused the gateway's last offer in the middle of the call: all stays as it was.
   */
  void offerRefused(LegRef by);

  /**
   * Lets nothing pass between the legs as long as this one holds the call, or takes that back. Each
   * leg may hold it: media pass when none does.
   */
  void hold(LegRef holder, boolean holds);

  /**
   * An offer in the middle of the call, made by the gateway or asked for: what is agreed on, for a
   * phone in the direction that the holds of the other legs leave (RFC 3264 section 8.4). Without a
   * change since the last one it is the same text. {@link #answerAgain} takes the answer; if the
   * leg refuses, all stays as it was.
   *
   * @throws MediaException if nothing is agreed on with the leg
   */
  String offerAgain(LegRef to) throws MediaException;

  /**
   * Takes the answer to {@link #offerAgain}, or to a repetition of what the leg was told last (a
   * session refresh); or that of a calling leg which made no offer, and joins it with the called
   * leg heard last.
   *
   * @throws MediaException if it cannot be used; all stays as it was
   */
  void answerAgain(LegRef from, String answer) throws MediaException;

  /**
   * An offer for the target of a transfer, made of all that the leg which stays has agreed on, what
   * it sends first. The target is a leg of the session from then on.
   *
   * @throws MediaException if nothing is agreed on with the leg that stays, or no port is left
   */
  String offerOf(LegRef stays, LegRef target) throws MediaException;

  /**
   * As {@link #ask} for the target of a transfer: {@link #answerAsked} answers its offer, {@link
   * #join} with the same then joins it.
   *
   * @throws MediaException if the leg that stays has nothing that the target may have
   */
  void askOf(LegRef stays, LegRef target) throws MediaException;

  /**
   * Takes the answer to {@link #offerOf} and joins the two; the leg that the one which stays was
   * joined with is heard no more, and is to be released.
   *
   * @return as in {@link #arrive}
   * @throws MediaException if the two have no codec in common; all stays as it was
   */
  ImmutableSet<LegRef> join(LegRef stays, LegRef target, String answer) throws MediaException;

  /** What a leg has agreed on, as the gateway's side says it; empty if nothing. From any thread. */
  ImmutableList<MediaStream> agreed(LegRef leg);

  /**
   * Lets a leg go to another session of the same engine, with its transport and all that it has
   * agreed on; whoever it talked to hears nothing more.
   *
   * @param company what the leg that it is to be joined with has agreed on
   * @throws MediaException if the two have no codec in common; all stays as it was
   */
  Moving depart(LegRef leg, ImmutableList<MediaStream> company) throws MediaException;

  /**
   * Takes a leg that departed from another session in, and joins it with the one that stays.
   *
   * @param as what the leg is called here
   * @return which of the two are to be told by {@link #offerAgain}: what they send now, the other
   *     cannot take
   * @throws MediaException if the two have no codec in common any more; the leg is still between
   *     the sessions, and to be closed
   */
  ImmutableSet<LegRef> arrive(LegRef stays, LegRef as, Moving leg) throws MediaException;

  /**
   * Takes the offer of a leg that has called to be joined with the one that stays.
   *
   * @throws MediaException if the two have no codec in common, or no port is left; all stays as it
   *     was
   */
  TakenIn takeIn(LegRef stays, LegRef as, String offer) throws MediaException;

  /**
   * Takes the offer of a leg that picks the call up in the stead of those who ring, and joins it
   * with the calling leg.
   *
   * @throws MediaException if the two have no codec in common, or no port is left; all stays as it
   *     was
   */
  PickedUp pickUp(LegRef as, String offer) throws MediaException;

  /**
   * A call that has been picked up.
   *
   * @param answer the answer to the offer of whoever has picked it up
   * @param textForCaller as what {@link #answer} gives
   */
  record PickedUp(String answer, String textForCaller) {}

  /**
   * A leg that has been taken in.
   *
   * @param answer the answer to its offer
   * @param renewed as what {@link #arrive} gives
   */
  record TakenIn(String answer, ImmutableSet<LegRef> renewed) {}

  /** A leg between two sessions: it arrives in the other, or is closed. */
  interface Moving {
    /** Lets go of it. Idempotent. */
    void close();
  }

  /** A candidate of a page, told after its description; of other legs it means nothing. */
  void candidate(LegRef leg, String line);

  /** Sends digits as RFC 4733 events into the leg, if it {@link #takesEvents}. */
  void sendDtmf(LegRef leg, String digits, int durationMs, int gapMs);

  /**
   * Asks a leg for a whole picture by RTCP (RFC 4585 section 6.3.1).
   *
   * @return false if it has not agreed to that, or sends no pictures
   */
  boolean askPicture(LegRef leg);

  /** What is known of the media: packets, loss, codecs, addresses per leg and direction. */
  ImmutableMap<String, Object> query();

  /** What is known of the media of one leg; empty if it has none. */
  ImmutableMap<String, Object> query(LegRef leg);

  /** Lets go of one leg: one that did not win, or that was transferred. */
  void release(LegRef leg);

  /** Lets go of everything. Idempotent. */
  @Override
  void close();

  /** Whether the leg has agreed to hear digits as RFC 4733 events, on hold or not. */
  boolean takesEvents(LegRef leg);
}
