package org.ringdown.gateway.media;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.relay.LateOffer;
import org.ringdown.gateway.sdp.relay.RelayedAnswer;
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
  private final List<MediaLeg> legs = new CopyOnWriteArrayList<>();
  private final Set<String> holders = new HashSet<>();
  private @Nullable CallingLeg calling;
  private @Nullable CalledLeg heard;
  private boolean closed;

  EmbeddedSession(EmbeddedMedia engine, Listener listener) {
    this.engine = engine;
    this.listener = listener;
    this.digitSenders = new DigitSenders(engine.timer(), engine.timing().clock());
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
      hear(leg);
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

  private void hear(CalledLeg leg) {
    Joint joint = leg.joint();
    if (joint == null) {
      return;
    }
    stopHearing();
    heard = leg;
    joint.connect(!holders.isEmpty());
    expectSound(joint);
  }

  private void expectSound(Joint joint) {
    long now = engine.timing().clock().read();
    joint.legs().forEach(leg -> leg.events().joined(now));
  }

  private void stopHearing() {
    Joint joint = heard == null ? null : heard.joint();
    if (joint != null) {
      joint.disconnect();
    }
    heard = null;
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
      ImmutableList<MediaStream> streams = Reoffer.answer(before, received.streams()).streams();
      String answer = received.accept(isPhoneOnHold(ref) ? withoutReceiving(streams) : streams);
      rejoin(!Agreement.payloadTypes(before).equals(Agreement.payloadTypes(streams)));
      return answer;
    } catch (SdpException e) {
      throw notAcceptable(e);
    }
  }

  /** A page need not renegotiate: its descriptions say nothing of holds. */
  private boolean isPhoneOnHold(LegRef ref) {
    return ref.dialect() == Dialect.PLAIN
        && holders.stream().anyMatch(holder -> !holder.equals(ref.name()));
  }

  private static ImmutableList<MediaStream> withoutReceiving(ImmutableList<MediaStream> streams) {
    return streams.stream()
        .map(stream -> stream.withDirection(stream.direction().and(Direction.SENDONLY)))
        .collect(ImmutableList.toImmutableList());
  }

  @Override
  public synchronized void hold(LegRef holder, boolean holds) {
    boolean changed = holds ? holders.add(holder.name()) : holders.remove(holder.name());
    if (changed) {
      rejoin(false);
      Joint joint = heard == null ? null : heard.joint();
      if (joint != null) {
        expectSound(joint);
      }
    }
  }

  @Override
  public synchronized String offerAgain(LegRef to) throws MediaException {
    requireOpen();
    return phone(to).offerAgain(isPhoneOnHold(to));
  }

  @Override
  public synchronized void answerAgain(LegRef from, String answer) throws MediaException {
    requireOpen();
    PlainLeg phone = phone(from);
    try {
      MediaLeg.Received received = phone.readAnswer(answer);
      if (!phone.agreed().isEmpty()) {
        changed(phone, received);
      } else if (calling instanceof LateCaller caller && caller.media() == phone) {
        caller.callerAnswered(received).ifPresent(this::hear);
      }
    } catch (SdpException e) {
      throw notAcceptable(e);
    }
  }

  private void changed(PlainLeg phone, MediaLeg.Received received) throws SdpException {
    ImmutableList<MediaStream> before = phone.agreed();
    ImmutableList<MediaStream> streams =
        Reoffer.answered(phone.said(), received.streams()).streams();
    received.accept(streams);
    rejoin(!Agreement.payloadTypes(before).equals(Agreement.payloadTypes(streams)));
  }

  private PlainLeg phone(LegRef ref) throws MediaException {
    if (find(ref).orElse(null) instanceof PlainLeg phone) {
      return phone;
    }
    throw notAcceptable("an offer to a leg that is no phone of this call");
  }

  private void rejoin(boolean renumbered) {
    for (CalledLeg leg : called.values()) {
      Joint joint = leg.joint();
      if (joint != null && renumbered) {
        joint.renumber();
      }
      if (joint != null && leg == heard) {
        joint.connect(!holders.isEmpty());
      }
    }
  }

  @Override
  public synchronized String offerOf(LegRef stays, LegRef target) throws MediaException {
    requireOpen();
    MediaLeg media = find(stays).orElseThrow(() -> notAcceptable("an unknown leg stays"));
    try {
      ImmutableList<MediaStream> inUse = LateOffer.settled(media.agreed());
      RelayedOffer relayed = relay(inUse, target);
      MediaLeg opened = opened(engine.leg(target, listener), relayed.streams());
      String text = opened.offer(relayed.streams());
      called.put(target.name(), new CalledLeg(opened, relayed, text));
      return text;
    } catch (SdpException e) {
      throw notAcceptable(e);
    }
  }

  @Override
  public synchronized void join(LegRef stays, LegRef target, String answer) throws MediaException {
    requireOpen();
    CalledLeg leg = called.get(target.name());
    MediaLeg media = find(stays).orElse(null);
    if (leg == null || media == null) {
      throw notAcceptable("an answer of a leg that has no offer");
    }
    try {
      MediaLeg.Received received = leg.media().readAnswer(answer);
      RelayedAnswer agreed = leg.relayed().answered(received.streams());
      received.accept(agreed.calleeStreams());
      leg.joint(new Joint(media, leg.media(), agreed.pairs()));
      hear(leg);
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
    boolean wasHeard = leg != null && leg == heard;
    if (wasHeard) {
      stopHearing();
    }
    drop(ref.name(), media);
    if (wasHeard) {
      new ArrayList<>(called.values()).forEach(this::hear);
    }
  }

  private void drop(String name, MediaLeg media) {
    digitSenders.stop(name);
    holders.remove(name);
    legs.remove(media);
    media.close();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    stopHearing();
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
