package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.dns.SipLocator;
import org.ringdown.sip.guard.ScannerLimits;
import org.ringdown.sip.leg.Dial;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.leg.Invite;
import org.ringdown.sip.leg.Referral;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.register.RegisterRequest;
import org.ringdown.sip.socket.ConnectionLimits;
import org.ringdown.sip.tls.TlsServer;
import org.ringdown.sip.transaction.Alarms;
import org.ringdown.sip.transaction.SipTimers;
import org.ringdown.sip.transport.SipTransport;

/** An endpoint on loopback with fast timers, and a handler with a memory. */
final class TestGateway implements SipHandler, AutoCloseable {
  static final String OFFER = SipPeer.SDP.replace("40000", "50000");
  static final String ANSWER = SipPeer.SDP.replace("40000", "50002");
  private static final SipTimers FAST = new SipTimers(Duration.ofMillis(20), Duration.ofMillis(10));

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** A busy machine needs more than a second for it now and then. */
  private static final Duration HANDSHAKE = Duration.ofSeconds(3);

  private static final ConnectionLimits IMPATIENT =
      new ConnectionLimits(50, HANDSHAKE, SECOND, Duration.ofSeconds(30), SECOND, SECOND, SECOND);

  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final BlockingQueue<RegisterRequest> registrations = new LinkedBlockingQueue<>();
  private final SipEndpoint endpoint;

  TestGateway(String... addresses) throws IOException {
    this(ScannerLimits.NONE, addresses);
  }

  TestGateway(ScannerLimits scanners, String... addresses) throws IOException {
    endpoint = start(this, scanners, addresses);
  }

  /** One for which time passes as these alarms ring, and that is patient with a slow peer. */
  TestGateway(Alarms alarms) throws IOException {
    SipTimers timers =
        new SipTimers(Duration.ofMillis(200), Duration.ofSeconds(1), timer -> alarms);
    endpoint = SipEndpoint.start(plain(ScannerLimits.NONE, "127.0.0.1"), this, timers);
  }

  /** One that asks there where hosts are. */
  TestGateway(SipLocator names) throws IOException {
    endpoint =
        SipEndpoint.start(plain(ScannerLimits.NONE, "127.0.0.1"), this, names, FAST, IMPATIENT);
  }

  /** One that listens for TLS too. */
  TestGateway(TlsServer tls) throws IOException {
    endpoint = start(this, tls);
  }

  static SipEndpoint start(SipHandler handler, TlsServer tls) throws IOException {
    ImmutableList.Builder<SipConfig.Listen> listens = ImmutableList.builder();
    for (SipTransport transport : SipTransport.values()) {
      listens.add(
          new SipConfig.Listen(
              transport, new InetSocketAddress(InetAddresses.forString("127.0.0.1"), 0)));
    }
    SipConfig config =
        new SipConfig(
            listens.build(),
            "example.org",
            null,
            "Ringdown test",
            Duration.ofMinutes(5),
            16_384,
            ScannerLimits.NONE,
            SipConfig.Connections.USUAL,
            tls);
    return SipEndpoint.start(config, handler, FAST, IMPATIENT);
  }

  static SipEndpoint start(SipHandler handler, String... addresses) throws IOException {
    return start(handler, ScannerLimits.NONE, addresses);
  }

  private static SipEndpoint start(SipHandler handler, ScannerLimits scanners, String... addresses)
      throws IOException {
    return SipEndpoint.start(plain(scanners, addresses), handler, FAST);
  }

  static SipConfig plain(ScannerLimits scanners, String... addresses) {
    ImmutableList.Builder<SipConfig.Listen> listens = ImmutableList.builder();
    for (String address : addresses) {
      for (SipTransport transport : List.of(SipTransport.UDP, SipTransport.TCP)) {
        listens.add(
            new SipConfig.Listen(
                transport, new InetSocketAddress(InetAddresses.forString(address), 0)));
      }
    }
    return new SipConfig(
        listens.build(),
        "example.org",
        null,
        "Ringdown test",
        Duration.ofMinutes(5),
        16_384,
        scanners);
  }

  /** Looks often: the default of a look every 100 ms would be most of the tests' time. */
  static ConditionFactory soon() {
    return await()
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5));
  }

  /** A call that came in, and what its listener heard. */
  record Call(Invite invite, SipLeg leg, Ears ears) {}

  /** Stands between the calls that come and those who listen to them. */
  volatile UnaryOperator<SipLeg.Listener> between = UnaryOperator.identity();

  /** A listener that remembers. */
  static final class Ears implements SipLeg.Listener {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private volatile @Nullable SipEnd end;
    private volatile @Nullable Referral referral;

    @Override
    public void onHeaders(ImmutableListMultimap<String, String> headers) {
      headers.get("x-note").forEach(said::add);
    }

    /** The X-Note header fields of what was heard. */
    List<String> said() {
      return said;
    }

    @Override
    public void onProgress(int code, @Nullable String sdp) {
      heard.add("progress " + code + (sdp == null ? "" : " sdp"));
    }

    @Override
    public void onAnswered(String sdp) {
      heard.add("answered sdp");
    }

    @Override
    public void onConfirmed() {
      heard.add("confirmed");
    }

    @Override
    public void onOffer(@Nullable String sdp) {
      heard.add("offer" + (sdp == null ? "" : " sdp"));
    }

    @Override
    public void onOfferAnswered(@Nullable String sdp) {
      heard.add("offer answered" + (sdp == null ? "" : " sdp"));
    }

    @Override
    public void onRefer(Referral asked) {
      referral = asked;
      heard.add("refer " + asked.target());
    }

    /** The last REFER. */
    Referral referral() {
      soon().until(() -> referral != null);
      return Objects.requireNonNull(referral);
    }

    @Override
    public void onDigit(char digit, int durationMs) {
      heard.add("digit " + digit + " " + durationMs);
    }

    @Override
    public void onPictureAsked() {
      heard.add("picture asked");
    }

    @Override
    public void onEnded(SipEnd how) {
      end = how;
      heard.add("ended " + how.kind() + " " + how.status().code());
    }

    /** Waits until exactly this was heard, in this order. */
    void heard(String... expected) {
      soon().untilAsserted(() -> assertThat(heard).containsExactly(expected));
    }

    SipEnd end() {
      soon().until(() -> end != null);
      return Objects.requireNonNull(end);
    }
  }

  SipEndpoint endpoint() {
    return endpoint;
  }

  SipConfig.Listen listen(SipTransport transport, String address) {
    return endpoint.listening().stream()
        .filter(l -> l.transport() == transport)
        .filter(l -> l.address().getAddress().getHostAddress().equals(address))
        .findFirst()
        .orElseThrow();
  }

  SipConfig.Listen udp() {
    return listen(SipTransport.UDP, "127.0.0.1");
  }

  SipConfig.Listen tls() {
    return listen(SipTransport.TLS, "127.0.0.1");
  }

  SipConfig.Listen tcp() {
    return listen(SipTransport.TCP, "127.0.0.1");
  }

  Call nextCall() {
    return next(calls);
  }

  RegisterRequest nextRegistration() {
    return next(registrations);
  }

  private static <T> T next(BlockingQueue<T> queue) {
    try {
      T value = queue.poll(20, TimeUnit.SECONDS);
      assertThat(value).as("something arrived at the handler").isNotNull();
      return value;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Dials a peer. */
  SipLeg dial(SipPeer peer, SipTransport transport, Ears ears) {
    return endpoint.dial(
        dialTo("sip:1001@" + peer.address(), peer.wire().local(), transport), ears);
  }

  SipLeg dial(SipPeer peer, SipTransport transport, Ears ears, DialogPolicy policy) {
    Dial dial = dialTo("sip:1001@" + peer.address(), peer.wire().local(), transport);
    return endpoint.dial(dial.with(policy), ears);
  }

  static Dial dialTo(String uri, InetSocketAddress hop, SipTransport transport) {
    return new Dial(
        uri,
        hop,
        transport,
        new NameAddress("Alice \"A\"", "sip:alice@example.org"),
        new NameAddress("", "sip:1001@example.org"),
        OFFER,
        ImmutableMap.of("X-Kind", "test"));
  }

  void awaitNoLegs() {
    soon().untilAsserted(() -> assertThat(endpoint.openLegs()).isZero());
  }

  @Override
  public Optional<String> passwordOf(String user) {
    return Optional.ofNullable(Map.of("1001", "secret").get(user));
  }

  @Override
  public SipLeg.Listener onInvite(Invite invite, SipLeg leg) {
    Ears ears = new Ears();
    calls.add(new Call(invite, leg, ears));
    return between.apply(ears);
  }

  @Override
  public void onRegister(RegisterRequest request) {
    registrations.add(request);
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
