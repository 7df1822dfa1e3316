package org.ringdown.gateway.media;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.relay.Joining;
import org.ringdown.gateway.sdp.relay.RelayedOffer;
import org.ringdown.gateway.sdp.relay.Reoffer;
import org.ringdown.gateway.sdp.stream.Direction;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * The media of one call, relayed in this process. Safe from any thread: a call's executor works
 * with it, others may ask for figures or close it. Packets never take its monitor.
 */
final class EmbeddedSession implements MediaSession {
  private final EmbeddedMedia engine;
  private final Listener listener;
  private final Map<String, CalledLeg> called = new LinkedHashMap<>();
  private final DigitSenders digitSenders;
  private final PageChanges changes = new PageChanges();
  private final List<MediaLeg> legs = new CopyOnWriteArrayList<>();
  private final Hearing hearing;
  private @Nullable CallingLeg calling;
  private boolean closed;

  EmbeddedSession(EmbeddedMedia engine, Listener listener) {
    this.engine = engine;
    this.listener = listener;
    this.digitSenders = new DigitSenders(engine.timer(), engine.timing().clock());
    this.hearing = new Hearing(engine.timing().clock());
  }

  @Override
  public synchronized String offer(LegRef from, @Nullable String offer, LegRef to)
      throws MediaException {
    requireOpen();
    CalledLeg known = called.get(to.name());
    if (known != null) {
      return known.offer();
    }
    try {
      CallingLeg caller = calling == null ? begin(from, offer) : calling;
      RelayedOffer relayed = relay(caller.offered(), to);
      MediaLeg media = opened(engine.leg(to, listener), relayed.streams());
      String text = media.offer(relayed.streams());
      called.put(to.name(), new CalledLeg(media, relayed, text));
      return text;
    } catch (SdpException e) {
      throw notAcceptable(e);
    }
  }

  private CallingLeg begin(LegRef from, @Nullable String offer)
      throws SdpException, MediaException {
    MediaLeg media = engine.leg(from, listener);
    CallingLeg begun = offer == null ? new LateCaller(media) : offering(media, offer);
    opened(media, begun.offered());
    calling = begun;
    return begun;
  }

  private static OfferingCaller offering(MediaLeg media, String offer) throws SdpException {
    try {
      return new OfferingCaller(media, media.readOffer(offer));
    } catch (SdpException e) {
      media.close();
      throw e;
    }
  }

  private static RelayedOffer relay(ImmutableList<MediaStream> offered, LegRef to)
      throws SdpException {
    return to.dialect() == Dialect.PLAIN
        ? RelayedOffer.toPhone(offered, to.policy())
        : RelayedOffer.toBrowser(offered);
  }

  private MediaLeg opened(MediaLeg media, ImmutableList<MediaStream> streams)
      throws MediaException {
    try {
      media.open(streams);
    } catch (MediaException e) {
      media.close();
      throw e;
    }
    legs.add(media);
    return media;
  }

  @Override
  public synchronized String answer(LegRef ref, String answer) throws MediaException {
    requireOpen();
    CalledLeg leg = called.get(ref.name());
    CallingLeg caller = calling;
    if (leg == null || caller == null) {
      throw notAcceptable("an answer of a leg that has no offer");
    }
    try {
      String text = caller.calleeAnswered(leg, leg.media().readAnswer(answer));
      hearing.hear(leg);
      return text;
    } catch (SdpException e) {
      throw notAcceptable(e);
    }
  }

  @Override
  public synchronized void replaceOffer(LegRef from, String offer) throws MediaException {
    requireOpen();
    if (!(calling instanceof OfferingCaller caller)
        || !(caller.media() instanceof BrowserLeg)
        || caller.isAnswered()) {
      throw notAcceptable("the first offer cannot be replaced any more");
    }
    try {
      reload().replace(caller, caller.media().readOffer(offer));
    } catch (SdpException e) {
      throw notAcceptable(e);
    }
  }

  private PageReload reload() {
    return new PageReload(calling, called.values());
  }

  @Override
  public synchronized String reoffer(LegRef ref, String offer) throws MediaException {
    requireOpen();
    MediaLeg media = find(ref).orElseThrow(() -> notAcceptable("an offer of an unknown leg"));
    if (media.agreed().isEmpty()) {
      throw notAcceptable("an offer before the first one was answered");
    }
    try {
      MediaLeg.Received received = media.readOffer(offer);
      if (media instanceof BrowserLeg page && received.beginsAnew()) {
        String answer = reload().answer(page, received);
        rejoin(true);
        return answer;
      }
      ImmutableList<MediaStream> before = media.agreed();
      ImmutableList<MediaStream> streams =
          Reoffer.answer(changes.answerable(media), received.streams()).streams();
      String answer = received.accept(isPhoneOnHold(ref) ? withoutReceiving(streams) : streams);
      changes.settled(media);
      rejoin(!Agreement.payloadTypes(before).equals(Agreement.payloadTypes(streams)));
      return answer;
    } catch (SdpException e) {
      throw notAcceptable(e);
    }
  }

  @Override
  public synchronized Optional<String> offerAdded(LegRef from, String offer, LegRef to)
      throws MediaException {
    requireOpen();
    Joint joint = hearing.joint();
    if (joint == null
        || !(find(from).orElse(null) instanceof BrowserLeg page)
        || !(find(to).orElse(null) instanceof BrowserLeg other)) {
      return Optional.empty();
    }
    try {
      return changes.added(page, page.readOffer(offer), other, joint);
    } catch (SdpException e) {
      throw notAcceptable(e);
    }
  }

  @Override
  public synchronized Optional<String> offerFollowing(LegRef to) throws MediaException {
    Joint joint = hearing.joint();
    return !closed && joint != null && find(to).orElse(null) instanceof BrowserLeg page
        ? changes.following(page, joint)
        : Optional.empty();
  }

  @Override
  public synchronized void changeAnswered(LegRef from, String answer) throws MediaException {
    requireOpen();
    if (!(find(from).orElse(null) instanceof BrowserLeg page)) {
      throw notAcceptable("an answer of a leg that is no page of this call");
    }
    try {
      changes.answered(page, answer);
      rejoin(true);
    } catch (SdpException e) {
      throw notAcceptable(e);
    }
  }

  /** A page need not renegotiate: its descriptions say nothing of holds. */
  private boolean isPhoneOnHold(LegRef ref) {
    return ref.dialect() == Dialect.PLAIN && hearing.isHeldFrom(ref.name());
  }

  private static ImmutableList<MediaStream> withoutReceiving(ImmutableList<MediaStream> streams) {
    return streams.stream()
        .map(stream -> stream.withDirection(stream.direction().and(Direction.SENDONLY)))
        .collect(ImmutableList.toImmutableList());
  }

  @Override
  public synchronized void hold(LegRef holder, boolean holds) {
    hearing.hold(holder.name(), holds);
  }

  @Override
  public synchronized String offerAgain(LegRef to) throws MediaException {
    requireOpen();
    return leg(to).offerAgain(isPhoneOnHold(to));
  }

  @Override
  public synchronized void answerAgain(LegRef from, String answer) throws MediaException {
    requireOpen();
    MediaLeg leg = leg(from);
    try {
      MediaLeg.Received received = leg.readAnswer(answer);
      if (!leg.agreed().isEmpty()) {
        changed(leg, received);
      } else if (calling instanceof LateCaller caller && caller.media() == leg) {
        caller.callerAnswered(received).ifPresent(hearing::hear);
      }
    } catch (SdpException e) {
      throw notAcceptable(e);
    }
  }

  private void changed(MediaLeg leg, MediaLeg.Received received) throws SdpException {
    ImmutableList<MediaStream> before = leg.agreed();
    ImmutableList<MediaStream> streams = Reoffer.answered(leg.said(), received.streams()).streams();
    received.accept(streams);
    rejoin(!Agreement.payloadTypes(before).equals(Agreement.payloadTypes(streams)));
  }

  private MediaLeg leg(LegRef ref) throws MediaException {
    return find(ref).orElseThrow(() -> notAcceptable("a leg that is not in this call"));
  }

  private void rejoin(boolean renumbered) {
    hearing.rejoin(called.values(), renumbered);
  }

  @Override
  public synchronized ImmutableList<MediaStream> agreed(LegRef ref) {
    return find(ref).map(MediaLeg::agreed).orElse(ImmutableList.of());
  }

  @Override
  public synchronized Moving depart(LegRef ref, ImmutableList<MediaStream> company)
      throws MediaException {
    requireOpen();
    MediaLeg leg = leg(ref);
    joining(company, leg);
    hearing.stop();
    called.remove(ref.name());
    forget(ref.name(), leg);
    return leg;
  }

  @Override
  public synchronized ImmutableSet<LegRef> arrive(LegRef stays, LegRef as, Moving moving)
      throws MediaException {
    requireOpen();
    MediaLeg media = leg(stays);
    MediaLeg leg = (MediaLeg) moving;
    Joining joining = joining(media.agreed(), leg);
    leg.events().move(as, listener);
    legs.add(leg);
    return join(media, leg, joining);
  }

  @Override
  public synchronized TakenIn takeIn(LegRef stays, LegRef as, String offer) throws MediaException {
    requireOpen();
    MediaLeg media = leg(stays);
    MediaLeg leg = engine.leg(as, listener);
    try {
      MediaLeg.Received received = leg.readOffer(offer);
      RelayedOffer relayed = relay(media.agreed(), as).shapedLike(received.streams());
      ImmutableList<MediaStream> streams = relayed.answered(received.streams()).calleeStreams();
      opened(leg, streams);
      String answer = received.accept(streams);
      return new TakenIn(answer, join(media, leg, Joining.of(media.agreed(), leg.agreed())));
    } catch (SdpException e) {
      legs.remove(leg);
      leg.close();
      throw notAcceptable(e);
    }
  }

  /** Which of the two are to be told is the result. */
  private ImmutableSet<LegRef> join(MediaLeg media, MediaLeg leg, Joining joining) {
    LegRef as = leg.events().leg();
    CalledLeg arrived = new CalledLeg(leg, RelayedOffer.of(media.agreed(), joining), "");
    arrived.joint(new Joint(media, leg, joining.pairs()));
    called.put(as.name(), arrived);
    ImmutableSet.Builder<LegRef> renewed = ImmutableSet.builder();
    if (media.narrow(joining.one())) {
      renewed.add(media.events().leg());
    }
    if (leg.narrow(joining.other())) {
      renewed.add(as);
    }
    hearing.hear(arrived);
    return renewed.build();
  }

  private static Joining joining(ImmutableList<MediaStream> company, MediaLeg leg)
      throws MediaException {
    try {
      return Joining.of(company, leg.agreed());
    } catch (SdpException e) {
      throw notAcceptable(e);
    }
  }

  @Override
  public synchronized String offerOf(LegRef stays, LegRef target) throws MediaException {
    requireOpen();
    MediaLeg media = find(stays).orElseThrow(() -> notAcceptable("an unknown leg stays"));
    try {
      RelayedOffer relayed = relay(media.agreed(), target);
      MediaLeg opened = opened(engine.leg(target, listener), relayed.streams());
      String text = opened.offer(relayed.streams());
      called.put(target.name(), new CalledLeg(opened, relayed, text));
      return text;
    } catch (SdpException e) {
      throw notAcceptable(e);
    }
  }

  @Override
  public synchronized ImmutableSet<LegRef> join(LegRef stays, LegRef target, String answer)
      throws MediaException {
    requireOpen();
    CalledLeg leg = called.get(target.name());
    MediaLeg media = find(stays).orElse(null);
    if (leg == null || media == null) {
      throw notAcceptable("an answer of a leg that has no offer");
    }
    try {
      MediaLeg.Received received = leg.media().readAnswer(answer);
      received.accept(leg.relayed().answered(received.streams()).calleeStreams());
      return join(media, leg.media(), Joining.of(media.agreed(), leg.media().agreed()));
    } catch (SdpException e) {
      throw notAcceptable(e);
    }
  }

  @Override
  public synchronized void sendDtmf(LegRef ref, String digits, int durationMs, int gapMs) {
    if (!closed) {
      find(ref).ifPresent(leg -> digitSenders.send(leg, digits, durationMs, gapMs));
    }
  }

  @Override
  public synchronized boolean takesEvents(LegRef ref) {
    return find(ref).stream()
        .flatMap(leg -> leg.streams().stream())
        .anyMatch(stream -> stream.agreement().isAudio() && stream.agreement().hasDigits());
  }

  private Optional<MediaLeg> find(LegRef ref) {
    return legs.stream().filter(leg -> leg.events().leg().name().equals(ref.name())).findFirst();
  }

  @Override
  public synchronized ImmutableMap<String, Object> query() {
    ImmutableMap.Builder<String, Object> all = ImmutableMap.builder();
    for (MediaLeg leg : legs) {
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
  public synchronized void release(LegRef ref) {
    MediaLeg media = find(ref).orElse(null);
    if (media == null) {
      return;
    }
    CalledLeg leg = called.remove(ref.name());
    boolean wasHeard = leg != null && leg == hearing.heard();
    if (wasHeard) {
      hearing.stop();
    }
    forget(ref.name(), media);
    media.close();
    if (wasHeard) {
      new ArrayList<>(called.values()).forEach(hearing::hear);
    }
  }

  private void forget(String name, MediaLeg media) {
    digitSenders.stop(name);
    hearing.forget(name);
    legs.remove(media);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    hearing.stop();
    digitSenders.close();
    legs.forEach(MediaLeg::close);
    legs.clear();
    called.clear();
    engine.forget(this);
  }

  /** Looks after silence; called by the engine's timer. */
  void tick(long nowNanos) {
    legs.forEach(leg -> leg.tick(nowNanos));
  }

  private void requireOpen() throws MediaException {
    if (closed) {
      throw notAcceptable("the call is over");
    }
  }

  private static MediaException notAcceptable(SdpException e) {
    return notAcceptable(String.valueOf(e.getMessage()));
  }

  private static MediaException notAcceptable(String why) {
    return new MediaException(MediaException.Kind.NOT_ACCEPTABLE, why);
  }
}
