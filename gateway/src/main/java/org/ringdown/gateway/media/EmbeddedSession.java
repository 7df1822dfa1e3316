package org.ringdown.gateway.media;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.join.CalledLeg;
import org.ringdown.gateway.media.join.FirstExchange;
import org.ringdown.gateway.media.join.Hearing;
import org.ringdown.gateway.media.join.LaterExchanges;
import org.ringdown.gateway.media.join.Legs;
import org.ringdown.gateway.media.join.Moves;
import org.ringdown.gateway.media.leg.DigitSenders;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.leg.MediaLeg;
import org.ringdown.gateway.media.leg.MediaListener;
import org.ringdown.gateway.media.stream.LegStream;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * The media of one call, relayed in this process. Safe from any thread: a call's executor works
 * with it, others may ask for figures or close it. Packets never take its monitor.
 */
final class EmbeddedSession implements MediaSession {
  private final EmbeddedMedia engine;
  private final DigitSenders digitSenders;
  private final Legs legs;
  private final Hearing hearing;
  private final FirstExchange first;
  private final LaterExchanges later;
  private final Moves moves;
  private boolean closed;

  EmbeddedSession(EmbeddedMedia engine, MediaListener listener) {
    this.engine = engine;
    this.digitSenders = new DigitSenders(engine.timer(), engine.timing().clock());
    this.legs = new Legs(engine.legs(), listener);
    this.hearing = new Hearing(engine.timing().clock());
    this.first = new FirstExchange(legs, hearing);
    this.later = new LaterExchanges(legs, hearing, first);
    this.moves = new Moves(legs, hearing);
  }

  /** A step of negotiation: what is wrong with a description is said in the session's words. */
  private interface Step<T> {
    T take() throws SdpException, MediaException;
  }

  /** A step that has no result. */
  private interface Action {
    void run() throws SdpException, MediaException;
  }

  private void run(Action action) throws MediaException {
    boolean unused =
        take(
            () -> {
              action.run();
              return true;
            });
  }

  private synchronized <T> T take(Step<T> step) throws MediaException {
    if (closed) {
      throw MediaException.notAcceptable("the call is over");
    }
    try {
      return step.take();
    } catch (SdpException e) {
      throw MediaException.notAcceptable(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String offer(LegRef from, @Nullable String offer, LegRef to) throws MediaException {
    return take(() -> first.offer(from, offer, to));
  }

  @Override
  public void ask(LegRef from, @Nullable String offer, LegRef to) throws MediaException {
    run(() -> first.ask(from, offer, to));
  }

  @Override
  public void askOf(LegRef stays, LegRef target) throws MediaException {
    run(() -> moves.askOf(stays, target));
  }

  @Override
  public String answerAsked(LegRef called, String offer) throws MediaException {
    return take(() -> legs.answerAsked(called, offer));
  }

  @Override
  public String refusal(LegRef called, String offer) throws MediaException {
    return take(() -> legs.refusal(called, offer));
  }

  @Override
  public String answer(LegRef called, String answer) throws MediaException {
    return take(() -> first.answer(called, answer));
  }

  @Override
  public void replaceOffer(LegRef from, String offer) throws MediaException {
    run(() -> first.replaceOffer(offer));
  }

  @Override
  public String reoffer(LegRef leg, String offer) throws MediaException {
    return take(() -> later.reoffer(leg, offer));
  }

  @Override
  public Optional<String> offerAdded(LegRef from, String offer, LegRef to) throws MediaException {
    return take(() -> later.offerAdded(from, offer, to));
  }

  @Override
  public synchronized Optional<String> offerFollowing(LegRef to) throws MediaException {
    return closed ? Optional.empty() : later.offerFollowing(to);
  }

  @Override
  public void changeAnswered(LegRef from, String answer) throws MediaException {
    run(() -> later.changeAnswered(from, answer));
  }

  @Override
  public synchronized void offerRefused(LegRef by) {
    later.offerRefused(by);
  }

  @Override
  public synchronized void hold(LegRef holder, boolean holds) {
    hearing.hold(holder.name(), holds);
  }

  @Override
  public String offerAgain(LegRef to) throws MediaException {
    return take(() -> later.offerAgain(to));
  }

  @Override
  public void answerAgain(LegRef from, String answer) throws MediaException {
    run(() -> later.answerAgain(from, answer));
  }

  @Override
  public synchronized ImmutableList<MediaStream> agreed(LegRef ref) {
    return legs.find(ref).map(MediaLeg::agreed).orElse(ImmutableList.of());
  }

  /** A leg between two sessions. */
  private record Departed(MediaLeg leg) implements Moving {
    @Override
    public void close() {
      leg.close();
    }
  }

  @Override
  public Moving depart(LegRef ref, ImmutableList<MediaStream> company) throws MediaException {
    return take(
        () -> {
          MediaLeg leg = moves.depart(ref, company);
          digitSenders.stop(ref.name());
          return new Departed(leg);
        });
  }

  @Override
  public ImmutableSet<LegRef> arrive(LegRef stays, LegRef as, Moving moving) throws MediaException {
    return take(() -> moves.arrive(stays, as, ((Departed) moving).leg()));
  }

  @Override
  public TakenIn takeIn(LegRef stays, LegRef as, String offer) throws MediaException {
    Moves.Arrival arrival = take(() -> moves.takeIn(stays, as, offer));
    return new TakenIn(arrival.answer(), arrival.renewed());
  }

  @Override
  public PickedUp pickUp(LegRef as, String offer) throws MediaException {
    FirstExchange.PickedUp picked = take(() -> first.pickUp(as, offer));
    return new PickedUp(picked.answer(), picked.textForCaller());
  }

  @Override
  public String offerOf(LegRef stays, LegRef target) throws MediaException {
    return take(() -> moves.offerOf(stays, target));
  }

  @Override
  public ImmutableSet<LegRef> join(LegRef stays, LegRef target, String answer)
      throws MediaException {
    return take(() -> moves.join(stays, target, answer));
  }

  @Override
  public synchronized void candidate(LegRef ref, String line) {
    legs.find(ref).ifPresent(leg -> leg.candidate(line));
  }

  @Override
  public synchronized void sendDtmf(LegRef ref, String digits, int durationMs, int gapMs) {
    if (!closed) {
      legs.find(ref).ifPresent(leg -> digitSenders.send(leg, digits, durationMs, gapMs));
    }
  }

  @Override
  public synchronized boolean takesEvents(LegRef ref) {
    return legs.find(ref).stream()
        .flatMap(leg -> leg.streams().stream())
        .anyMatch(stream -> stream.agreement().isAudio() && stream.agreement().hasDigits());
  }

  @Override
  public synchronized ImmutableMap<String, Object> query() {
    ImmutableMap.Builder<String, Object> all = ImmutableMap.builder();
    for (MediaLeg leg : legs.all()) {
      all.put(leg.events().leg().name(), leg.figures());
    }
    ImmutableMap.Builder<String, Object> figures = ImmutableMap.builder();
    figures.put("engine", "embedded");
    figures.put("legs", all.buildKeepingLast());
    CalledLeg heard = hearing.heard();
    if (heard != null) {
      figures.put("joined", heard.media().events().leg().name());
    }
    return figures.buildOrThrow();
  }

  @Override
  public synchronized ImmutableMap<String, Object> query(LegRef leg) {
    return legs.find(leg).map(MediaLeg::figures).orElse(ImmutableMap.of());
  }

  @Override
  public synchronized boolean askPicture(LegRef leg) {
    boolean asked = false;
    for (LegStream stream : legs.find(leg).map(MediaLeg::streams).orElse(ImmutableList.of())) {
      asked |= stream.askPicture();
    }
    return asked;
  }

  @Override
  public synchronized void release(LegRef ref) {
    MediaLeg media = legs.find(ref).orElse(null);
    if (media == null) {
      return;
    }
    CalledLeg leg = legs.called(ref);
    boolean wasHeard = leg != null && leg == hearing.heard();
    if (wasHeard) {
      hearing.stop();
    }
    digitSenders.stop(ref.name());
    hearing.forget(ref.name());
    legs.remove(media);
    media.close();
    if (wasHeard) {
      new ArrayList<>(legs.called()).forEach(hearing::hear);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    hearing.stop();
    digitSenders.close();
    legs.close();
    engine.forget(this);
  }

  /** Looks after silence; called by the engine's timer. */
  void tick(long nowNanos) {
    legs.all().forEach(leg -> leg.tick(nowNanos));
  }
}
