package org.ringdown.gateway.media;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.ringdown.webrtc.media.PeerTransport;

/** Browser paths without network: what the gateway sends is remembered. */
final class FakePeers implements Function<PeerTransport.Listener, PeerTransport> {
  private final List<FakePeer> created = new CopyOnWriteArrayList<>();

  @Override
  public PeerTransport apply(PeerTransport.Listener listener) {
    FakePeer peer = new FakePeer(listener, created.size());
    created.add(peer);
    return peer;
  }

  /** The path that a text of the gateway speaks of. */
  FakePeer in(String sdp) {
    return created.stream()
        .filter(peer -> sdp.contains("a=ice-ufrag:" + peer.ufrag() + "\r\n"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no path of ours in " + sdp));
  }

  long open() {
    return created.stream().filter(peer -> peer.state() != PeerTransport.State.CLOSED).count();
  }

  static ByteBuffer copy(ByteBuffer packet) {
    return ByteBuffer.allocate(packet.remaining()).put(packet.duplicate()).flip();
  }

  static final class FakePeer implements PeerTransport {
    private static final String FINGERPRINT = "sha-256 " + "AB:".repeat(31) + "CD";

    final Queue<ByteBuffer> rtp = new ConcurrentLinkedQueue<>();
    final Queue<ByteBuffer> rtcp = new ConcurrentLinkedQueue<>();
    final List<Remote> remotes = new CopyOnWriteArrayList<>();
    final List<String> candidates = new CopyOnWriteArrayList<>();
    final PeerTransport.Listener listener;
    volatile boolean dtlsClient;
    private final int number;
    private final AtomicInteger restarts = new AtomicInteger();
    private volatile State state = State.NEW;

    FakePeer(PeerTransport.Listener listener, int number) {
      this.listener = listener;
      this.number = number;
    }

    void become(State next) {
      state = next;
      listener.onState(next);
    }

    int restarts() {
      return restarts.get();
    }

    @Override
    public String ufrag() {
      return "gw" + number + "x" + restarts.get();
    }

    @Override
    public String password() {
      return "passwordOfTheGatewayLong" + number + restarts.get();
    }

    @Override
    public ImmutableList<String> candidates() {
      return ImmutableList.of("1 1 udp 2130706431 127.0.0.1 3478 typ host");
    }

    @Override
    public String fingerprint() {
      return FINGERPRINT;
    }

    @Override
    public InetSocketAddress defaultAddress() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), 3478);
    }

    @Override
    public void connect(Remote remote, boolean client) {
      remotes.add(remote);
      dtlsClient = client;
    }

    @Override
    public void candidate(String line) {
      candidates.add(line);
    }

    @Override
    public void restartIce() {
      restarts.incrementAndGet();
    }

    @Override
    public void sendRtp(ByteBuffer packet) {
      rtp.add(copy(packet));
    }

    @Override
    public void sendRtcp(ByteBuffer packet) {
      rtcp.add(copy(packet));
    }

    @Override
    public State state() {
      return state;
    }

    @Override
    public ImmutableMap<String, Object> evidence() {
      return ImmutableMap.of("checks", 3);
    }

    @Override
    public void close() {
      state = State.CLOSED;
    }
  }
}
