package org.ringdown.webrtc;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.net.HostAndPort;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
  private static final int MAX_ADDRESSES = 16;
  private static final int SCRATCH_BYTES = 2_048 + SrtpSession.MAX_OVERHEAD_BYTES;

  private final MediaPort port;
  private final Listener listener;
  private final IceLiteAgent agent;
  private final PeerSecurity security;
  private final PathProgress progress;
  private final StateMailbox mailbox;
  private final PathCounters counters = new PathCounters();
  private final Set<InetSocketAddress> addresses = new LinkedHashSet<>();
  private final Object sending = new Object();
  private final ByteBuffer scratch = ByteBuffer.allocate(SCRATCH_BYTES);

  private volatile State state = State.NEW;
  private volatile boolean closed;
  private volatile long heardAt;

  BundledTransport(MediaPort port, Listener listener) {
    this.port = port;
    this.listener = listener;
    agent = new IceLiteAgent(port.newCredentials());
    security = new PeerSecurity(port.dtls(), new SecurityEvents());
    progress = new PathProgress(port.config().consentTimeout(), port.config().iceTimeout());
    mailbox = new StateMailbox(this::tell);
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
      switch (security.describe(remote.fingerprints(), dtlsClient)) {
        case UNCHANGED -> {}
        case SECURED -> progress.secured();
        case MISMATCH -> progress.dtlsFailed("the fingerprint is not the one announced");
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
    claim(path.remote());
    heardAt = port.now();
    progress.heard(heardAt);
    security.begin();
    settle();
  }

  private void claim(InetSocketAddress remote) {
    if (addresses.contains(remote) || !port.router().claim(remote, this)) {
      return;
    }
    addresses.add(remote);
    if (addresses.size() > MAX_ADDRESSES) {
      InetSocketAddress current = agent.selected().map(Path::remote).orElse(remote);
      addresses.stream()
          .filter(address -> !address.equals(current))
          .findFirst()
          .ifPresent(this::disclaim);
    }
  }

  private void disclaim(InetSocketAddress remote) {
    addresses.remove(remote);
    port.router().release(remote, this);
  }

  /** Whether the peer has been heard lately. */
  boolean alive() {
    return state != State.NEW
        && !closed
        && port.now() - heardAt <= port.config().consentTimeout().toNanos();
  }

  /** A DTLS datagram from an address that has been checked. */
  void onDtls(ByteBuffer datagram) {
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
      synchronized (this) {
        progress.heard(heardAt);
        settle();
      }
      mailbox.deliver();
    }
  }

  @Override
  public void sendRtp(ByteBuffer packet) {
    send(packet, false);
  }

  @Override
  public void sendRtcp(ByteBuffer packet) {
    send(packet, true);
  }

  private void send(ByteBuffer packet, boolean rtcp) {
    SrtpSession srtp = security.srtp();
    Path path = agent.selected().orElse(null);
    if (state != State.CONNECTED || srtp == null || path == null) {
      counters.unsent.increment();
      return;
    }
    synchronized (sending) {
      ByteBuffer ready = withRoom(packet);
      if (ready == null
          || (rtcp ? srtp.protectRtcp(ready) : srtp.protectRtp(ready)) != SrtpResult.OK) {
        counters.unsent.increment();
        return;
      }
      path.send(ready);
    }
    (rtcp ? counters.rtcpSent : counters.rtpSent).increment();
  }

  /** The packet where it can be protected in place; null if it is longer than any packet is. */
  private @Nullable ByteBuffer withRoom(ByteBuffer packet) {
    int room = packet.capacity() - packet.limit();
    if (packet.hasArray() && room >= SrtpSession.MAX_OVERHEAD_BYTES) {
      return packet;
    }
    if (packet.remaining() > SCRATCH_BYTES - SrtpSession.MAX_OVERHEAD_BYTES) {
      return null;
    }
    return scratch.clear().put(packet).flip();
  }

  /** Time has passed. */
  void tick() {
    synchronized (this) {
      progress.tick(port.now(), heardAt);
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
    LOG.debug("Path {}: {} -> {} {}", ufrag(), state, next, progress.failure());
    state = next;
    mailbox.put(next);
    if (progress.isFinal()) {
      giveBack();
    }
  }

  private void giveBack() {
    security.close();
    agent.serving().forEach(each -> port.router().retire(each.ufrag()));
    addresses.forEach(address -> port.router().release(address, this));
    addresses.clear();
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
    agent
        .selected()
        .ifPresent(
            path -> {
              evidence.put("local", text(path.link().local()));
              evidence.put("remote", text(path.remote()));
              evidence.put("nominated", agent.nominated());
            });
    security.addTo(evidence);
    counters.addTo(evidence);
    synchronized (this) {
      if (!progress.failure().isEmpty()) {
        evidence.put("failure", progress.failure());
      }
    }
    return evidence.buildOrThrow();
  }

  private static String text(InetSocketAddress address) {
    return HostAndPort.fromParts(address.getAddress().getHostAddress(), address.getPort())
        .toString();
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
      change(progress::secured);
    }

    @Override
    public void onFailed(String reason) {
      change(() -> progress.dtlsFailed(reason));
    }

    @Override
    public void onClosed() {
      change(progress::closed);
    }

    private void change(Runnable step) {
      synchronized (BundledTransport.this) {
        step.run();
        settle();
      }
      mailbox.deliver();
    }
  }
}
