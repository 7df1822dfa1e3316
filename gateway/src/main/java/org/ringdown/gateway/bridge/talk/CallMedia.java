package org.ringdown.gateway.bridge.talk;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.ring.RingGroup;
import org.ringdown.gateway.call.LegSdp;
import org.ringdown.gateway.media.MediaSession;
import org.ringdown.gateway.media.MediaSession.Moving;
import org.ringdown.gateway.media.MediaSession.TakenIn;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * The media of one call, with the caller's offer and the one answer to it; for a caller without an
 * offer, with the one offer to it.
 */
public final class CallMedia implements RingGroup.Offers {
  private final MediaSession session;
  private final LegRef caller;
  private @Nullable String callerOffer;
  private final Map<String, LegRef> called = new HashMap<>();
  private @Nullable String textForCaller;

  /** The media of a call that nobody has been offered yet. */
  public CallMedia(MediaSession session, LegRef caller, @Nullable String callerOffer) {
    this.session = session;
    this.caller = caller;
    this.callerOffer = callerOffer;
  }

  /** Whether the caller made no offer and is to answer one. */
  boolean isCallerOfferedTo() {
    return callerOffer == null;
  }

  /** The caller's offer, rewritten for one called leg, or one in its stead. */
  @Override
  public String offerFor(LegRef to) throws MediaException {
    called.put(to.name(), to);
    return session.offer(caller, callerOffer, to);
  }

  @Override
  public void ask(LegRef to) throws MediaException {
    called.put(to.name(), to);
    session.ask(caller, callerOffer, to);
  }

  @Override
  public String answerFor(LegSdp offer) throws MediaException {
    return session.answerAsked(leg(offer.leg()), offer.sdp());
  }

  @Override
  public String refusalOf(LegSdp offer) throws MediaException {
    return session.refusal(leg(offer.leg()), offer.sdp());
  }

  /** Takes another offer of the caller in place of the first; called legs keep theirs. */
  public void replaceOffer(String offer) throws MediaException {
    session.replaceOffer(caller, offer);
    callerOffer = offer;
  }

  /** What targets of a transfer are offered, so that they fit the leg that stays. */
  public RingGroup.Offers offersOf(LegRef stays) {
    return new TransferOffers(stays);
  }

  /**
   * Joins the leg that stays with the target of a transfer by the latter's answer.
   *
   * @return which of the two are to be offered what is left for them to send
   */
  public ImmutableSet<LegRef> join(LegRef stays, LegRef target, String answer)
      throws MediaException {
    return session.join(stays, target, answer);
  }

  /** What a leg has agreed on. From any thread. */
  public ImmutableList<MediaStream> agreed(LegRef leg) {
    return session.agreed(leg);
  }

  /** Lets a leg go to another call, where it has this company. */
  public Moving depart(LegRef leg, ImmutableList<MediaStream> company) throws MediaException {
    return session.depart(leg, company);
  }

  /**
   * Takes a leg of another call in, and joins it with the one that stays.
   *
   * @return which of the two are to be offered what is left for them to send
   */
  public ImmutableSet<LegRef> arrive(LegRef stays, LegRef as, Moving leg) throws MediaException {
    called.put(as.name(), as);
    return session.arrive(stays, as, leg);
  }

  /** Takes a leg in that has called to be joined with the one that stays. */
  public TakenIn takeIn(LegRef stays, LegRef as, String offer) throws MediaException {
    called.put(as.name(), as);
    return session.takeIn(stays, as, offer);
  }

  /**
   * Joins the caller with a leg that picks the call up.
   *
   * @return the answer to its offer
   */
  public String pickUp(LegRef as, String offer) throws MediaException {
    MediaSession.PickedUp picked = session.pickUp(as, offer);
    called.put(as.name(), as);
    textForCaller = picked.textForCaller();
    return picked.answer();
  }

  /** Joins the caller with a called leg by the latter's answer. */
  public void join(LegSdp answer) throws MediaException {
    textForCaller = session.answer(leg(answer.leg()), answer.sdp());
  }

  /** The answer for the caller, or the offer if it made none; once joined. */
  public String textForCaller() {
    return Optional.ofNullable(textForCaller).orElseThrow();
  }

  /** Answers an offer that comes in the middle of the call. */
  @Override
  public String reoffer(LegSdp offer) throws MediaException {
    return session.reoffer(leg(offer.leg()), offer.sdp());
  }

  /** What the other leg is to be asked before this offer can be answered. */
  Optional<String> offerAdded(LegSdp offer, LegRef to) throws MediaException {
    return session.offerAdded(leg(offer.leg()), offer.sdp(), to);
  }

  /** What a leg is to be told of the other's pictures. */
  Optional<String> offerFollowing(LegRef to) throws MediaException {
    return session.offerFollowing(to);
  }

  /** Takes the answer to either. */
  void changeAnswered(LegRef from, String answer) throws MediaException {
    session.changeAnswered(from, answer);
  }

  /** A leg has refused the gateway's last offer. */
  void offerRefused(LegRef by) {
    session.offerRefused(by);
  }

  /** Stops the media between the sides as long as this leg holds the call. */
  void hold(LegRef holder, boolean holds) {
    session.hold(holder, holds);
  }

  /** What a leg is to be told of its media now, as an offer. */
  String offerAgain(LegRef to) throws MediaException {
    return session.offerAgain(to);
  }

  /** Takes the answer to {@link #offerAgain} or to {@link #textForCaller}. */
  void answerAgain(LegRef from, String answer) throws MediaException {
    session.answerAgain(from, answer);
  }

  /** One more way to a page. */
  public void candidate(LegRef of, String line) {
    session.candidate(of, line);
  }

  void sendDigits(LegRef to, String digits, int durationMs, int gapMs) {
    session.sendDtmf(to, digits, durationMs, gapMs);
  }

  /** Whether digits can be put into the media of a leg. */
  boolean takesEvents(LegRef to) {
    return session.takesEvents(to);
  }

  /** Asks a leg for a whole picture; false if it does not hear that in its media. */
  boolean askPicture(LegRef leg) {
    return session.askPicture(leg);
  }

  /** Figures of all legs. */
  public ImmutableMap<String, Object> query() {
    return session.query();
  }

  /** Figures of one leg. */
  ImmutableMap<String, Object> query(LegRef leg) {
    return session.query(leg);
  }

  @Override
  public void release(LegRef leg) {
    session.release(leg);
  }

  /** Releases everything. */
  public void close() {
    session.close();
  }

  private LegRef leg(String name) {
    return name.equals(caller.name())
        ? caller
        : Optional.ofNullable(called.get(name)).orElseThrow();
  }

  private final class TransferOffers implements RingGroup.Offers {
    private final LegRef stays;

    TransferOffers(LegRef stays) {
      this.stays = stays;
    }

    @Override
    public String offerFor(LegRef to) throws MediaException {
      called.put(to.name(), to);
      return session.offerOf(stays, to);
    }

    @Override
    public void ask(LegRef to) throws MediaException {
      called.put(to.name(), to);
      session.askOf(stays, to);
    }

    @Override
    public String answerFor(LegSdp offer) throws MediaException {
      return CallMedia.this.answerFor(offer);
    }

    @Override
    public String refusalOf(LegSdp offer) throws MediaException {
      return CallMedia.this.refusalOf(offer);
    }

    @Override
    public String reoffer(LegSdp offer) throws MediaException {
      return CallMedia.this.reoffer(offer);
    }

    @Override
    public void release(LegRef leg) {
      CallMedia.this.release(leg);
    }
  }
}
