package org.ringdown.webrtc.media;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.ringdown.webrtc.ice.IceCredentials;
import org.ringdown.webrtc.ice.IceLiteAgent;
import org.ringdown.webrtc.ice.Path;
import org.ringdown.webrtc.ice.StunMessage;
import org.ringdown.webrtc.srtp.SrtpResult;
import org.ringdown.webrtc.srtp.SrtpSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One path: the ICE agent says where the peer is, {@link PeerSecurity} whether it is the right one,
 * and {@link PathProgress} what to tell of it. Packets take no lock but that of their SRTP stream;
 * all else is guarded by this object's monitor, and the listener is always called without it.
 */
final class BundledTransport implements PeerTransport {
  private static final Logger LOG = LoggerFactory.getLogger(BundledTransport.class);

  private final MediaPort port;
  private final Listener listener;
  private final IceLiteAgent agent;
  private final PeerSecurity security;
  private final PathProgress progress;
  private final StateMailbox mailbox;
  private final PathCounters counters = new PathCounters();
  private final MediaSender sender = new MediaSender(counters);
  private final ClaimedAddresses addresses;
  private final RemoteCandidates candidates = new RemoteCandidates();

  private volatile State state = State.NEW;
  private volatile boolean closed;
  private volatile long heardAt;
  private volatile String detail = "";

  BundledTransport(MediaPort port, Listener listener) {
    this.port = port;
    this.listener = listener;
    agent = new IceLiteAgent(port.newCredentials());
    security = new PeerSecurity(port.dtls(), new SecurityEvents());
    progress = PathProgress.with(port.config());
    mailbox = new StateMailbox(this::tell);
    addresses = new ClaimedAddresses(port.router(), this);
    port.router().serve(ufrag(), this);
  }

  @Override
  public String ufrag() {
    return agent.credentials().ufrag();
  }

  @Override
  public String password() {
    return agent.credentials().password();
  }

  @Override
  public ImmutableList<String> candidates() {
    return port.candidates();
  }

  @Override
  public String fingerprint() {
    return port.dtls().fingerprint();
  }

  @Override
  public InetSocketAddress defaultAddress() {
    return port.defaultAddress();
  }

  @Override
  public void connect(Remote remote, boolean dtlsClient) {
    synchronized (this) {
      if (progress.isFinal()) {
        return;
      }
      progress.described(port.now());
      candidates.described(remote.ufrag());
      switch (security.describe(remote.fingerprints(), dtlsClient)) {
        case UNCHANGED -> {}
        case SECURED -> progress.secured();
        case MISMATCH -> progress.failed(PathFailure.FINGERPRINT);
        case RENEWED -> progress.unsecured(port.now());
      }
      if (agent.selected().isPresent()) {
        security.begin();
      }
      settle();
    }
    mailbox.deliver();
  }

  @Override
  public void candidate(String line) {
    candidates.add(line);
  }

  @Override
  public void restartIce() {
    synchronized (this) {
      if (progress.isFinal()) {
        return;
      }
      IceCredentials fresh = port.newCredentials();
      port.router().serve(fresh.ufrag(), this);
      agent.restart(fresh).forEach(old -> port.router().retire(old.ufrag()));
    }
  }

  /** A binding request with one of our user fragments. */
  void onCheck(StunMessage request, Path path) {
    IceLiteAgent.Check check;
    synchronized (this) {
      if (progress.isFinal()) {
        return;
      }
      check = agent.check(request, path);
      check.retired().forEach(old -> port.router().retire(old.ufrag()));
      if (check.valid()) {
        onValidCheck(path);
      }
    }
    (check.valid() ? counters.checks : counters.checksRefused).increment();
    path.send(check.response());
    mailbox.deliver();
  }

  private void onValidCheck(Path path) {
    addresses.claim(path.remote(), agent.selected().orElse(path).remote());
    heardAt = port.now();
    progress.heard(heardAt);
    security.begin();
    settle();
  }

  /** Whether the peer has been heard lately. */
  boolean alive() {
    return state != State.NEW
        && !closed
        && port.now() - heardAt <= port.config().consentTimeout().toNanos();
  }

  /** A DTLS datagram from an address that has been checked. */
  void onDtls(ByteBuffer datagram) {
    counters.dtlsReceived.increment();
    security.receive(datagram);
    mailbox.deliver();
  }

  /** An SRTP or SRTCP packet from an address that has been checked (RFC 5761 section 4). */
  void onMedia(ByteBuffer packet) {
    SrtpSession srtp = security.srtp();
    if (srtp == null || packet.remaining() < 2) {
      counters.refused.increment();
      return;
    }
    int type = packet.get(packet.position() + 1) & 0xFF;
    boolean rtcp = type >= 192 && type <= 223;
    SrtpResult result = rtcp ? srtp.unprotectRtcp(packet) : srtp.unprotectRtp(packet);
    if (result != SrtpResult.OK) {
      counters.refused.increment();
      return;
    }
    heard();
    if (closed) {
      return;
    }
    if (rtcp) {
      counters.rtcpReceived.increment();
      listener.onRtcp(packet);
    } else {
      counters.rtpReceived.increment();
      listener.onRtp(packet);
    }
  }

  private void heard() {
    heardAt = port.now();
    if (state == State.LOST) {
      update(() -> progress.heard(heardAt));
    }
  }

  @Override
  public void sendRtp(ByteBuffer packet) {
    send(packet, sender::rtp);
  }

  @Override
  public void sendRtcp(ByteBuffer packet) {
    send(packet, sender::rtcp);
  }

  private void send(ByteBuffer packet, MediaSender.Way way) {
    SrtpSession srtp = security.srtp();
    Path path = agent.selected().orElse(null);
    if (state != State.CONNECTED || srtp == null || path == null) {
      counters.unsent.increment();
    } else {
      way.send(packet, srtp, path);
    }
  }

  /** Time has passed. */
  void tick() {
    boolean refused = counters.checksRefused.sum() > 0;
    boolean shaking = counters.dtlsReceived.sum() > 0;
    PathProgress.Seen seen = new PathProgress.Seen(refused, shaking, candidates.onlyRelays());
    update(() -> progress.tick(port.now(), heardAt, seen));
  }

  private void update(Runnable step) {
    synchronized (this) {
      step.run();
      settle();
    }
    mailbox.deliver();
  }

  /** Takes note of what the progress says; with the monitor held. */
  private void settle() {
    State next = progress.state();
    if (next == state) {
      return;
    }
    LOG.debug("Path {}: {} -> {}", ufrag(), state, next);
    state = next;
    mailbox.put(next);
    if (progress.isFinal()) {
      giveBack();
    }
  }

  private void giveBack() {
    security.close();
    agent.serving().forEach(each -> port.router().retire(each.ufrag()));
    addresses.release();
  }

  private void tell(State news) {
    if (!closed) {
      listener.onState(news);
    }
  }

  @Override
  public State state() {
    return state;
  }

  @Override
  public ImmutableMap<String, Object> evidence() {
    ImmutableMap.Builder<String, Object> evidence = ImmutableMap.builder();
    evidence.put("state", state.name());
    SelectedPair.addTo(evidence, agent, candidates);
    security.addTo(evidence);
    counters.addTo(evidence);
    synchronized (this) {
      PathFailure failure = progress.failure();
      if (failure != null) {
        failure.addTo(evidence);
        evidence.put("detail", detail);
      }
    }
    return evidence.buildOrThrow();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      progress.closed();
      settle();
    }
    port.forget(this);
  }

  /** What comes of the handshake. */
  private final class SecurityEvents implements PeerSecurity.Events {
    @Override
    public void send(ByteBuffer datagram) {
      agent.selected().ifPresent(path -> path.send(datagram));
    }

    @Override
    public void onSecured() {
      update(progress::secured);
    }

    @Override
    public void onFailed(String reason) {
      detail = reason;
      boolean other = reason.contains("bad_certificate");
      update(() -> progress.failed(other ? PathFailure.FINGERPRINT : PathFailure.HANDSHAKE));
    }

    @Override
    public void onClosed() {
      update(progress::closed);
    }
  }
}
