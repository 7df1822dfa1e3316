package org.ringdown.gateway.media.leg;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.stream.Agreement;
import org.ringdown.gateway.media.stream.LegStream;
import org.ringdown.gateway.media.stream.PlainStream;
import org.ringdown.gateway.sdp.PlainSdp;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.sdp.policy.SrtpPolicy;
import org.ringdown.gateway.sdp.sdes.CryptoAttribute;
import org.ringdown.gateway.sdp.stream.Direction;
import org.ringdown.gateway.sdp.stream.MediaStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A phone's or PBX's leg: a port pair for each stream. */
final class PlainLeg implements MediaLeg {
  private static final Logger log = LoggerFactory.getLogger(PlainLeg.class);
  private static final int DISCARD_PORT = 9;

  private final PhonePorts ports;
  private final Timing timing;
  private final SecureRandom random;
  private final LegEvents events;
  private final LocalText local = new LocalText();
  private final Map<Integer, Section> sections = new ConcurrentSkipListMap<>();
  private ImmutableList<MediaStream> offered = ImmutableList.of();
  private final Map<Integer, Direction> usual = new HashMap<>();
  private ImmutableList<MediaStream> agreed = ImmutableList.of();
  private @Nullable PlainSdp said;
  private @Nullable PlainSdp settled;
  private PhonePorts.Place place;

  PlainLeg(
      LegRef ref, MediaListener listener, PhonePorts ports, Timing timing, SecureRandom random) {
    this.ports = ports;
    this.timing = timing;
    this.random = random;
    this.place = ports.towards(ref.peer());
    this.events = new LegEvents(ref, listener, true, this::figures);
  }

  @Override
  public LegEvents events() {
    return events;
  }

  @Override
  public void open(ImmutableList<MediaStream> streams) throws MediaException {
    for (int i = 0; i < streams.size(); i++) {
      if (!streams.get(i).refused()) {
        open(i, streams.get(i));
      }
    }
  }

  @Override
  public void open(int section, MediaStream stream) throws MediaException {
    if (!sections.containsKey(section)) {
      sections.put(section, opened(stream));
    }
  }

  private Section opened(MediaStream stream) throws MediaException {
    try {
      PlainStream socket = new PlainStream(place.ports(), timing.clock(), policy().srtp(), random);
      Agreement first = new Agreement(stream, ImmutableList.of());
      LegStream opened = new LegStream(events, socket, first);
      socket.begin(opened);
      return new Section(socket, opened);
    } catch (IOException e) {
      log.warn("a call gets no media: {}", e.getMessage());
      throw new MediaException(MediaException.Kind.EXHAUSTED, "no RTP port is left");
    }
  }

  @Override
  public String offer(ImmutableList<MediaStream> streams) {
    offered = streams;
    PlainSdp offer =
        PlainSdp.offer(streams, addresses(streams))
            .withKeys(perSection(streams.size(), PlainStream::offerKeys));
    return say(policy().srtp() == SrtpPolicy.REQUIRED ? offer.overSavp() : offer);
  }

  /**
   * A new offer of what is agreed on: towards a leg that is held sound is only sent, otherwise it
   * goes both ways again, as the leg's own answer allows (RFC 3264 section 8.4).
   */
  @Override
  public String offerAgain(boolean held) throws MediaException {
    ImmutableList.Builder<MediaStream> streams = ImmutableList.builder();
    for (int i = 0; i < agreed.size(); i++) {
      MediaStream stream = agreed.get(i);
      boolean audio = stream.kind() == MediaStream.Kind.AUDIO;
      Direction pictures = usual.getOrDefault(i, Direction.INACTIVE);
      streams.add(stream.withDirection(audio ? Direction.SENDRECV : pictures));
    }
    return offerAgain(streams.build(), held);
  }

  @Override
  public String offerAgain(ImmutableList<MediaStream> wanted, boolean held) throws MediaException {
    PlainSdp before = settled;
    if (before == null || agreed.isEmpty()) {
      throw MediaException.notAcceptable("an offer before the first one was answered");
    }
    open(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      usual.put(i, wanted.get(i).direction());
    }
    offered = held ? MediaStream.withoutReceiving(wanted) : wanted;
    return say(
        before
            .offerAgain(offered, addresses(offered))
            .withKeys(perSection(offered.size(), PlainStream::offerKeys)));
  }

  @Override
  public ImmutableList<MediaStream> said() {
    PlainSdp last = said;
    return last == null ? ImmutableList.of() : last.streams();
  }

  @Override
  public void offerRefused() {
    said = settled;
    offered = said();
  }

  private String say(PlainSdp words) {
    ImmutableList<MediaStream> streams = words.streams();
    for (int i = 0; i < streams.size(); i++) {
      if (streams.get(i).refused()) {
        usual.remove(i);
      } else {
        usual.putIfAbsent(i, streams.get(i).direction());
      }
    }
    said = words;
    return local.say(words);
  }

  @Override
  public Received readOffer(String text) throws SdpException {
    PlainSdp sdp = PlainSdp.read(text).under(policy().srtp());
    if (sections.isEmpty()) {
      sdp.sections().stream()
          .map(PlainSdp.Section::rtp)
          .filter(Objects::nonNull)
          .findFirst()
          .ifPresent(rtp -> place = ports.towards(rtp.getAddress()));
    }
    return new Description(sdp, true);
  }

  @Override
  public Received readAnswer(String text) throws SdpException {
    return new Description(
        PlainSdp.read(text)
            .under(policy().srtp())
            .answering(perSection(offered.size(), PlainStream::saidKeys)),
        false);
  }

  /** Of each section that has a stream; nothing for the others. */
  private <T> ImmutableList<ImmutableList<T>> perSection(
      int count, Function<PlainStream, ImmutableList<T>> asked) {
    ImmutableList.Builder<ImmutableList<T>> all = ImmutableList.builder();
    for (int i = 0; i < count; i++) {
      Section section = sections.get(i);
      all.add(section == null ? ImmutableList.of() : asked.apply(section.socket));
    }
    return all.build();
  }

  /** Our address for each stream; one that nobody looks at where there is none. */
  private ImmutableList<InetSocketAddress> addresses(ImmutableList<MediaStream> streams) {
    ImmutableList.Builder<InetSocketAddress> addresses = ImmutableList.builder();
    for (int i = 0; i < streams.size(); i++) {
      Section section = sections.get(i);
      int port = section == null ? DISCARD_PORT : section.socket.port().local().getPort();
      addresses.add(new InetSocketAddress(place.advertised(), port));
    }
    return addresses.build();
  }

  @Override
  public ImmutableList<MediaStream> agreed() {
    return agreed;
  }

  @Override
  public boolean narrow(ImmutableList<MediaStream> left) {
    boolean isNews = !left.equals(agreed);
    agreed = left;
    return isNews;
  }

  @Override
  public @Nullable LegStream stream(int section) {
    Section found = sections.get(section);
    boolean used = section < agreed.size() && !agreed.get(section).refused();
    return found == null || !used ? null : found.stream;
  }

  @Override
  public ImmutableList<LegStream> streams() {
    return sections.values().stream().map(Section::stream).collect(ImmutableList.toImmutableList());
  }

  @Override
  public void tick(long nowNanos) {
    events.tick(true, streams(), timing.silentAfter(), nowNanos);
  }

  @Override
  public ImmutableMap<String, Object> figures() {
    ImmutableMap.Builder<String, Object> figures = ImmutableMap.builder();
    figures.put("dialect", Dialect.PLAIN.name());
    figures.put("state", events.stateName());
    long now = timing.clock().read();
    figures.put(
        "streams",
        sections.values().stream()
            .map(section -> section.figures(now))
            .collect(ImmutableList.toImmutableList()));
    return figures.buildOrThrow();
  }

  @Override
  public void close() {
    events.close();
    sections.values().forEach(section -> section.socket.port().close());
  }

  private MediaPolicy policy() {
    return events.leg().policy();
  }

  private record Section(PlainStream socket, LegStream stream) {
    private static String written(InetSocketAddress remote) {
      return InetAddresses.toUriString(remote.getAddress()) + ":" + remote.getPort();
    }

    ImmutableMap<String, Object> figures(long nowNanos) {
      Map<String, Object> figures = new TreeMap<>(stream.figures(nowNanos));
      figures.put("localPort", socket.port().local().getPort());
      figures.put("srtp", socket.suite());
      figures.put("srtpRefused", socket.refused());
      socket.port().remote().ifPresent(remote -> figures.put("remote", written(remote)));
      return ImmutableMap.copyOf(figures);
    }
  }

  /** What a phone says. */
  private final class Description implements Received {
    private final PlainSdp sdp;
    private final boolean offer;

    Description(PlainSdp sdp, boolean offer) {
      this.sdp = sdp;
      this.offer = offer;
    }

    @Override
    public ImmutableList<MediaStream> streams() {
      return sdp.streams().stream()
          .map(stream -> stream.under(policy()))
          .collect(ImmutableList.toImmutableList());
    }

    @Override
    public String accept(ImmutableList<MediaStream> accepted) {
      ImmutableList<MediaStream> streams = offer ? inOurOrder(accepted) : accepted;
      agreed = streams;
      List<ImmutableList<CryptoAttribute>> keys =
          new ArrayList<>(Collections.nCopies(streams.size(), ImmutableList.of()));
      for (int i = 0; i < streams.size(); i++) {
        Section section = sections.get(i);
        if (section != null && !streams.get(i).refused()) {
          PlainSdp.Section remote = sdp.sections().get(i);
          section.socket.connect(remote.rtp(), remote.rtcp());
          keys.set(i, exchangeKeys(section.socket, remote.keys()));
          section.stream.agree(new Agreement(streams.get(i), Agreement.codecs(offered, i)));
        }
      }
      String text =
          offer ? say(sdp.answer(streams, addresses(streams)).withKeys(keys)) : local.last();
      settled = said;
      return text;
    }

    private ImmutableList<CryptoAttribute> exchangeKeys(
        PlainStream stream, ImmutableList<CryptoAttribute> theirs) {
      if (offer) {
        return stream.answerKeys(theirs);
      }
      stream.keysAnswered(theirs);
      return ImmutableList.of();
    }

    private ImmutableList<MediaStream> inOurOrder(ImmutableList<MediaStream> accepted) {
      return accepted.stream()
          .map(stream -> stream.under(policy()))
          .collect(ImmutableList.toImmutableList());
    }
  }
}
