package org.ringdown.gateway.media;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.Codec;
import org.ringdown.gateway.sdp.MediaStream;
import org.ringdown.gateway.sdp.RelayedOffer;
import org.ringdown.gateway.sdp.Reoffer;
import org.ringdown.gateway.sdp.SdpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The media of one call, relayed in this process. Safe from any thread: a call's executor works
 * with it, others may ask for figures or close it. Packets never take its monitor.
 */
final class EmbeddedSession implements MediaSession {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedSession.class);

  private final EmbeddedMedia engine;
  private final Listener listener;
  private final Map<String, CalledLeg> called = new LinkedHashMap<>();
  private final Map<String, DigitSender> digitSenders = new HashMap<>();
  private final List<MediaLeg> legs = new CopyOnWriteArrayList<>();
  private @Nullable CallingLeg calling;
  private @Nullable CalledLeg heard;
  private boolean closed;

  EmbeddedSession(EmbeddedMedia engine, Listener listener) {
    this.engine = engine;
    this.listener = listener;
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
      RelayedOffer relayed = relay(caller.offered(), to.dialect());
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

  private static RelayedOffer relay(ImmutableList<MediaStream> offered, Dialect dialect)
      throws SdpException {
    return dialect == Dialect.PLAIN
        ? RelayedOffer.toPhone(offered)
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

  private void hear(CalledLeg leg) {
    Joint joint = leg.joint();
    if (joint == null) {
      return;
    }
    stopHearing();
    heard = leg;
    joint.connect();
    long now = engine.timing().clock().read();
    leg.media().events().joined(now);
    if (calling != null) {
      calling.media().events().joined(now);
    }
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
    MediaLeg media = agreedWith(ref);
    try {
      MediaLeg.Received received = media.readOffer(offer);
      return changed(media, received, Reoffer.answer(media.agreed(), received.streams()));
    } catch (SdpException e) {
      throw notAcceptable(e);
    }
  }

  private MediaLeg agreedWith(LegRef ref) throws MediaException {
    MediaLeg media = find(ref).orElseThrow(() -> notAcceptable("an offer of an unknown leg"));
    if (media.agreed().isEmpty()) {
      throw notAcceptable("an offer before the first one was answered");
    }
    return media;
  }

  /** Puts what a leg says in the middle of the call into effect. */
  private String changed(MediaLeg media, MediaLeg.Received received, Reoffer now) {
    ImmutableList<MediaStream> before = media.agreed();
    String text = received.accept(now.streams());
    rejoin(!payloadTypes(before).equals(payloadTypes(now.streams())));
    return text;
  }

  @Override
  public synchronized String offerAgain(LegRef ref) throws MediaException {
    requireOpen();
    if (agreedWith(ref) instanceof PlainLeg phone) {
      return phone.offerAgain();
    }
    throw notAcceptable("only phones ask for an offer");
  }

  @Override
  public synchronized void answered(LegRef ref, String answer) throws MediaException {
    requireOpen();
    MediaLeg media = find(ref).orElseThrow(() -> notAcceptable("an answer of an unknown leg"));
    try {
      MediaLeg.Received received = media.readAnswer(answer);
      if (!media.agreed().isEmpty()) {
        changed(media, received, Reoffer.answered(media.agreed(), received.streams()));
      } else if (calling instanceof LateCaller caller && caller.media() == media) {
        caller.callerAnswered(received).ifPresent(this::hear);
      }
    } catch (SdpException e) {
      throw notAcceptable(e);
    }
  }

  /** The payload types of all streams; an added stream that is refused has none. */
  private static List<Integer> payloadTypes(ImmutableList<MediaStream> streams) {
    return streams.stream()
        .flatMap(stream -> stream.codecs().stream())
        .map(Codec::payloadType)
        .toList();
  }

  private void rejoin(boolean renumbered) {
    for (CalledLeg leg : called.values()) {
      Joint joint = leg.joint();
      if (joint != null && renumbered) {
        joint.renumber();
      }
      if (joint != null && leg == heard) {
        joint.connect();
      }
    }
  }

  @Override
  public synchronized void sendDtmf(LegRef ref, String digits, int durationMs, int gapMs) {
    Optional<LegStream> audio = find(ref).flatMap(EmbeddedSession::audio);
    if (closed || audio.isEmpty()) {
      log.debug("no audio to send digits to {}", ref.name());
      return;
    }
    DigitSender sender =
        digitSenders.computeIfAbsent(
            ref.name(),
            name -> new DigitSender(audio.get(), engine.timer(), engine.timing().clock()));
    if (!sender.send(digits, durationMs, gapMs)) {
      log.debug("{} takes no digits: no telephone-event agreed on, or it is on hold", ref.name());
    }
  }

  private static Optional<LegStream> audio(MediaLeg media) {
    return media.streams().stream().filter(stream -> stream.agreement().isAudio()).findFirst();
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
    CalledLeg leg = called.remove(ref.name());
    if (leg == null) {
      return;
    }
    boolean wasHeard = leg == heard;
    if (wasHeard) {
      stopHearing();
    }
    drop(ref.name(), leg.media());
    if (wasHeard) {
      new ArrayList<>(called.values()).forEach(this::hear);
    }
  }

  private void drop(String name, MediaLeg media) {
    DigitSender sender = digitSenders.remove(name);
    if (sender != null) {
      sender.close();
    }
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
    digitSenders.values().forEach(DigitSender::close);
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
