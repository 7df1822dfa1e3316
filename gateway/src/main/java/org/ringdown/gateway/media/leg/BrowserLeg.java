package org.ringdown.gateway.media.leg;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.rtp.RtcpRewriter;
import org.ringdown.gateway.media.rtp.RtpHeader;
import org.ringdown.gateway.media.stream.Agreement;
import org.ringdown.gateway.media.stream.LegStream;
import org.ringdown.gateway.media.stream.OutboundStream;
import org.ringdown.gateway.sdp.WebRtcSdp;
import org.ringdown.gateway.sdp.WebRtcSdp.Setup;
import org.ringdown.gateway.sdp.WebRtcSdp.Transport;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.gateway.sdp.stream.MediaStream;
import org.ringdown.webrtc.media.PeerTransport;

/**
 * A browser's leg: all streams bundled on one transport. As no header extension is agreed on, an
 * RTP packet's stream is known by its payload type, which is unique in a bundle (RFC 9143 section
 * 9.2), and that of RTCP by the SSRCs it names.
 */
public final class BrowserLeg implements MediaLeg {
  private static final int PAYLOAD_TYPES = 128;

  private final Timing timing;
  private final LegEvents events;
  private final Supplier<PeerTransport> transports;
  private volatile PeerTransport transport;
  private final LocalText local = new LocalText();
  private final Map<Integer, LegStream> sections = new ConcurrentSkipListMap<>();
  private volatile ImmutableList<LegStream> streams = ImmutableList.of();
  private volatile @Nullable LegStream[] byPayloadType = new LegStream[PAYLOAD_TYPES];
  private ImmutableList<MediaStream> offered = ImmutableList.of();
  private ImmutableList<MediaStream> agreed = ImmutableList.of();
  private Setup setup = Setup.ACTPASS;
  private @Nullable WebRtcSdp remote;

  BrowserLeg(
      LegRef ref,
      MediaListener listener,
      Function<PeerTransport.Listener, PeerTransport> transports,
      Timing timing) {
    this.timing = timing;
    this.events = new LegEvents(ref, listener, false, this::figures);
    this.transports = () -> transports.apply(new TransportListener());
    this.transport = this.transports.get();
  }

  @Override
  public LegEvents events() {
    return events;
  }

  @Override
  public void open(ImmutableList<MediaStream> wanted) {
    sections.clear();
    byPayloadType = new LegStream[PAYLOAD_TYPES];
    TransportWire wire = new TransportWire();
    for (int i = 0; i < wanted.size(); i++) {
      if (!wanted.get(i).refused()) {
        Agreement first = new Agreement(wanted.get(i), ImmutableList.of());
        sections.put(i, new LegStream(events, wire, first));
      }
    }
    streams = ImmutableList.copyOf(sections.values());
    tellApart(wanted);
  }

  @Override
  public void open(int section, MediaStream wanted) {
    Agreement first = new Agreement(wanted, ImmutableList.of());
    sections.put(section, new LegStream(events, new TransportWire(), first));
    streams = ImmutableList.copyOf(sections.values());
  }

  /**
   * The page has another peer connection: the path to the one before is dropped for a new one, and
   * its streams are taken over.
   *
   * @param from for each section from now on the one that it was before
   */
  public void renew(ImmutableList<Integer> from) {
    transport.close();
    transport = transports.get();
    remote = null;
    offered = ImmutableList.of();
    byPayloadType = new LegStream[PAYLOAD_TYPES];
    Map<Integer, LegStream> before = ImmutableMap.copyOf(sections);
    sections.clear();
    for (int i = 0; i < from.size(); i++) {
      LegStream stream = before.get(from.get(i));
      if (stream != null) {
        sections.put(i, stream);
      }
    }
    streams = ImmutableList.copyOf(sections.values());
  }

  /** Numbers that the browser may use from now on; those that it used before stay valid. */
  private void tellApart(ImmutableList<MediaStream> described) {
    @Nullable LegStream[] table = byPayloadType.clone();
    sections.forEach(
        (section, stream) ->
            Agreement.codecs(described, section)
                .forEach(codec -> table[codec.payloadType()] = stream));
    byPayloadType = table;
  }

  @Override
  public String offer(ImmutableList<MediaStream> streamsOffered) {
    offered = streamsOffered;
    return local.say(WebRtcSdp.offer(streamsOffered, localTransport(setup)));
  }

  /** A page need not be told of holds: its offers say nothing of them. */
  @Override
  public String offerAgain(boolean held) throws MediaException {
    return offerAgain(agreed, held);
  }

  @Override
  public String offerAgain(ImmutableList<MediaStream> wanted, boolean held) throws MediaException {
    WebRtcSdp before = remote;
    if (before == null || agreed.size() != before.sections().size()) {
      throw new MediaException(
          MediaException.Kind.NOT_ACCEPTABLE, "an offer before the first one was answered");
    }
    for (int i = agreed.size(); i < wanted.size(); i++) {
      open(i, wanted.get(i));
    }
    offered = wanted;
    tellApart(wanted);
    return local.say(before.offerAgain(wanted, localTransport(Setup.ACTPASS)));
  }

  /** Each offer to a page is made of what the page said last. */
  @Override
  public void offerRefused() {
    offered = agreed;
  }

  @Override
  public ImmutableList<MediaStream> said() {
    return offered;
  }

  @Override
  public boolean narrow(ImmutableList<MediaStream> left) {
    boolean isNews = !left.equals(agreed);
    agreed = left;
    return isNews;
  }

  @Override
  public Received readOffer(String text) throws SdpException {
    return new Description(WebRtcSdp.read(text), true);
  }

  @Override
  public Received readAnswer(String text) throws SdpException {
    return new Description(WebRtcSdp.read(text), false);
  }

  private Transport localTransport(Setup role) {
    return Transport.local(
        transport.ufrag(),
        transport.password(),
        transport.fingerprint(),
        role,
        transport.candidates(),
        transport.defaultAddress());
  }

  @Override
  public ImmutableList<MediaStream> agreed() {
    return agreed;
  }

  @Override
  public @Nullable LegStream stream(int section) {
    boolean used = section < agreed.size() && !agreed.get(section).refused();
    return used ? sections.get(section) : null;
  }

  @Override
  public ImmutableList<LegStream> streams() {
    return streams;
  }

  @Override
  public void tick(long nowNanos) {
    boolean connected = transport.state() == PeerTransport.State.CONNECTED;
    events.tick(connected, streams, timing.silentAfter(), nowNanos);
  }

  @Override
  public ImmutableMap<String, Object> figures() {
    long now = timing.clock().read();
    return ImmutableMap.of(
        "dialect",
        Dialect.WEBRTC.name(),
        "state",
        events.stateName(),
        "transport",
        transport.evidence(),
        "streams",
        streams.stream()
            .map(stream -> stream.figures(now))
            .collect(ImmutableList.toImmutableList()));
  }

  @Override
  public void candidate(String line) {
    transport.candidate(line);
  }

  @Override
  public void close() {
    events.close();
    transport.close();
  }

  /** Connects, or moves on after an ICE restart; a session refresh changes nothing. */
  private void connect(WebRtcSdp description, boolean offer) {
    WebRtcSdp before = remote;
    Transport peer = description.transport();
    if (before == null) {
      Setup theirs = peer.setup();
      setup = offer ? theirs.answer() : theirs == Setup.PASSIVE ? Setup.ACTIVE : Setup.PASSIVE;
    } else if (offer && description.restartsIce(before)) {
      transport.restartIce();
    }
    remote = description;
    boolean moved =
        before == null
            || description.restartsIce(before)
            || !peer.fingerprints().equals(before.transport().fingerprints());
    if (moved) {
      transport.connect(
          new PeerTransport.Remote(peer.ufrag(), peer.password(), peer.fingerprints()),
          setup == Setup.ACTIVE);
      peer.candidates().forEach(transport::candidate);
    }
  }

  private void moved(PeerTransport.State state) {
    switch (state) {
      case CONNECTING -> events.moved(PathState.CONNECTING);
      case CONNECTED -> events.moved(PathState.CONNECTED);
      case LOST -> events.moved(PathState.LOST);
      case ICE_FAILED -> events.moved(PathState.ICE_FAILED);
      case DTLS_FAILED -> events.moved(PathState.DTLS_FAILED);
      case CLOSED -> events.moved(PathState.LOST); // by the browser's word, not by ours
      case NEW -> {
        // nothing to tell yet
      }
    }
  }

  /** What a browser says. */
  private final class Description implements Received {
    private final WebRtcSdp sdp;
    private final boolean offer;

    Description(WebRtcSdp sdp, boolean offer) {
      this.sdp = sdp;
      this.offer = offer;
    }

    @Override
    public ImmutableList<MediaStream> streams() {
      return sdp.streams();
    }

    @Override
    public boolean beginsAnew() {
      WebRtcSdp before = remote;
      return offer && before != null && sdp.beginsAnew(before);
    }

    @Override
    public String accept(ImmutableList<MediaStream> streamsAgreed) {
      agreed = streamsAgreed;
      for (int i = 0; i < streamsAgreed.size(); i++) {
        LegStream stream = stream(i);
        if (stream != null) {
          ImmutableList<Codec> also = Agreement.codecs(offered, i);
          stream.agree(new Agreement(streamsAgreed.get(i), also));
        }
      }
      tellApart(streamsAgreed);
      if (offer) {
        offered = streamsAgreed;
      }
      connect(sdp, offer);
      return offer ? local.say(sdp.answer(streamsAgreed, localTransport(setup))) : local.last();
    }
  }

  /** Hears the browser. */
  private final class TransportListener implements PeerTransport.Listener {
    @Override
    public void onState(PeerTransport.State state) {
      moved(state);
    }

    @Override
    public void onRtp(ByteBuffer packet) {
      if (packet.remaining() < RtpHeader.BYTES) {
        return;
      }
      LegStream stream = byPayloadType[RtpHeader.payloadType(packet)];
      if (stream != null) {
        stream.onRtp(packet, timing.clock().read());
      }
    }

    @Override
    public void onRtcp(ByteBuffer packet) {
      for (LegStream stream : streams) {
        if (RtcpRewriter.concerns(packet, stream.reception().ssrc(), stream.out().ssrc())) {
          stream.onRtcp(packet);
          return;
        }
      }
    }
  }

  /** Reaches the browser. */
  private final class TransportWire implements OutboundStream.Wire {
    @Override
    public void sendRtp(ByteBuffer packet) {
      transport.sendRtp(packet);
    }

    @Override
    public void sendRtcp(ByteBuffer packet) {
      transport.sendRtcp(packet);
    }
  }
}
