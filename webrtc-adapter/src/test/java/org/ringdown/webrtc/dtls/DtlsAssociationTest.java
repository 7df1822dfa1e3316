package org.ringdown.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DtlsAssociationTest {
  private static final SrtpOffer GCM = new SrtpOffer(7, 56);
  private static final SrtpOffer CM_80 = new SrtpOffer(1, 60);
  private static final SrtpOffer CM_32 = new SrtpOffer(2, 60);

  @SuppressWarnings("NullAway.Init")
  private static DtlsEngine ours;

  @SuppressWarnings("NullAway.Init")
  private static DtlsEngine theirs;

  @BeforeAll
  static void makeCertificates() {
    ours = engine(GCM, CM_80);
    theirs = engine(CM_80, GCM, CM_32);
  }

  @AfterAll
  static void close() {
    ours.close();
    theirs.close();
  }

  @Test
  void bothSidesEndWithTheSameKeysAndEachOthersCertificate() {
    Wire wire = new Wire(theirs, ours);
    wire.client.association().start();
    wire.awaitSecured();

    DtlsResult client = wire.client.result();
    DtlsResult server = wire.server.result();
    assertThat(server.srtpKeyingMaterial()).isEqualTo(client.srtpKeyingMaterial()).hasSize(56);
    assertThat(server.srtpProfile()).as("the server's first choice").isEqualTo(7);
    assertThat(client.srtpProfile()).isEqualTo(7);
    assertThat(client.client()).isTrue();
    assertThat(server.client()).isFalse();
    assertThat(Fingerprints.sha256(server.peerCertificate())).isEqualTo(theirs.fingerprint());
    assertThat(Fingerprints.sha256(client.peerCertificate())).isEqualTo(ours.fingerprint());
  }

  @Test
  void aPeerThatKnowsOnlyOneProfileGetsIt() {
    try (DtlsEngine old = engine(CM_32, CM_80)) {
      Wire wire = new Wire(old, ours);
      wire.client.association().start();
      wire.awaitSecured();
      assertThat(wire.server.result().srtpProfile()).isEqualTo(1);
    }
  }

  @Test
  void withoutAProfileInCommonItFails() {
    try (DtlsEngine other = engine(CM_32)) {
      Wire wire = new Wire(other, ours);
      wire.client.association().start();
      await().until(() -> wire.server.failure != null && wire.client.failure != null);
      assertThat(wire.server.failure).contains("no SRTP profile in common");
      assertThat(wire.client.failure).isEqualTo("the peer sent handshake_failure(40)");
    }
  }

  @Test
  void aCertificateThatIsNotAcceptedEndsTheHandshake() {
    Wire wire = new Wire(theirs, ours);
    wire.server.acceptsAll = false;
    wire.client.association().start();
    await().until(() -> wire.server.failure != null && wire.client.failure != null);
    assertThat(wire.server.failure).contains("bad_certificate");
    assertThat(wire.client.failure).isEqualTo("the peer sent bad_certificate(42)");
  }

  @Test
  void lostDatagramsAreMadeUpFor() {
    Wire wire = new Wire(theirs, ours);
    int[] count = {0};
    wire.loses = datagram -> ++count[0] % 4 == 1 && count[0] < 8;
    wire.client.association().start();
    wire.awaitSecured();
    assertThat(count[0]).isGreaterThan(6);
  }

  @Test
  void aLostLastFlightIsRepeatedAfterTheServerIsDone() {
    Wire wire = new Wire(theirs, ours);
    boolean[] lost = {false};
    wire.loses =
        datagram -> {
          // The server's ChangeCipherSpec is the first of its last flight.
          boolean last = datagram.get(0) == 20 && wire.server.secondFlight();
          lost[0] |= last;
          return last && wire.server.repeats++ < 2;
        };
    wire.client.association().start();
    wire.awaitSecured();
    assertThat(lost[0]).isTrue();
  }

  @Test
  void theOtherSideHearsOfAClose() {
    Wire wire = new Wire(theirs, ours);
    wire.client.association().start();
    wire.awaitSecured();

    wire.client.association().close();

    await().until(() -> wire.server.closed);
    assertThat(wire.client.closed).as("not told of what it did itself").isFalse();
  }

  @Test
  void aCloseInTheMidstOfAHandshakeFreesItsThread() {
    Wire wire = new Wire(theirs, ours);
    wire.loses = datagram -> true;
    wire.client.association().start();
    await().until(() -> threads("ringdown-dtls") > 0 && wire.sent > 0);
    wire.client.association().close();
    wire.server.association().close();

    await().atMost(Duration.ofSeconds(20)).until(() -> busy() == 0);
    assertThat(wire.client.failure).isNull();
  }

  @Test
  void aFloodOfHandshakesIsBoundedAndDoesNotLast() {
    List<Wire> flood = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      Wire wire = new Wire(theirs, ours);
      wire.loses = datagram -> true;
      flood.add(wire);
      wire.client.association().start();
    }
    assertThat(busy()).isLessThanOrEqualTo(64);
    flood.forEach(wire -> wire.client.association().close());

    Wire honest = new Wire(theirs, ours);
    await()
        .atMost(Duration.ofSeconds(15))
        .until(
            () -> {
              honest.client.association().start(); // until there is room
              return honest.server.secured != null;
            });
  }

  @Test
  void rubbishAfterTheHandshakeIsIgnored() {
    Wire wire = new Wire(theirs, ours);
    wire.client.association().start();
    wire.awaitSecured();
    for (int type = 20; type < 64; type++) {
      byte[] rubbish = new byte[60];
      rubbish[0] = (byte) type;
      rubbish[1] = (byte) 254;
      rubbish[2] = (byte) 253;
      rubbish[12] = 47;
      wire.server.association().receive(ByteBuffer.wrap(rubbish));
      rubbish[4] = 1;
      wire.server.association().receive(ByteBuffer.wrap(rubbish));
    }
    assertThat(wire.server.closed).isFalse();
    wire.client.association().close();
    await().until(() -> wire.server.closed);
  }

  @Test
  void warmingUpTakesLessThanItsLimit() throws Exception {
    long begun = System.nanoTime();
    ours.warmUp(Duration.ofSeconds(30));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
  }

  private static long threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .count();
  }

  /** How many pool threads are inside of a handshake. */
  private static long busy() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> entry.getKey().getName().startsWith("ringdown-dtls"))
        .filter(
            entry ->
                List.of(entry.getValue()).stream()
                    .anyMatch(frame -> frame.getMethodName().equals("shakeHands")))
        .count();
  }

  private static DtlsEngine engine(SrtpOffer... offers) {
    return new DtlsEngine(ImmutableList.copyOf(offers), new SecureRandom(), Instant.now());
  }

  /** Two ends and a wire that may lose what passes. */
  private static final class Wire {
    final End client = new End(this);
    final End server = new End(this);
    volatile Predicate<ByteBuffer> loses = datagram -> false;
    volatile int sent;

    Wire(DtlsEngine clientEngine, DtlsEngine serverEngine) {
      client.own = clientEngine.associate(true, client);
      server.own = serverEngine.associate(false, server);
      client.other = server;
      server.other = client;
    }

    void awaitSecured() {
      await()
          .atMost(Duration.ofSeconds(15))
          .until(() -> client.secured != null && server.secured != null);
    }
  }

  /** One end: remembers what it was told. */
  private static final class End implements DtlsAssociation.Listener {
    private final Wire wire;
    private final List<Integer> types = Collections.synchronizedList(new ArrayList<>());
    private volatile @Nullable DtlsAssociation own;
    private volatile @Nullable End other;
    private volatile @Nullable DtlsResult secured;
    private volatile @Nullable String failure;
    private volatile boolean closed;
    private volatile boolean acceptsAll = true;
    private int repeats;

    End(Wire wire) {
      this.wire = wire;
    }

    DtlsAssociation association() {
      return Objects.requireNonNull(own);
    }

    DtlsResult result() {
      return Objects.requireNonNull(secured);
    }

    boolean secondFlight() {
      return types.contains(20);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // only for "at least one"
    public void send(ByteBuffer datagram) {
      wire.sent++;
      types.add((int) datagram.get(datagram.position()));
      if (!wire.loses.test(datagram.slice())) {
        Objects.requireNonNull(other).association().receive(datagram);
      }
    }

    @Override
    public boolean accepts(byte[] certificate) {
      return acceptsAll;
    }

    @Override
    public void onSecured(DtlsResult result) {
      secured = result;
    }

    @Override
    public void onFailed(String reason) {
      failure = reason;
    }

    @Override
    public void onClosed() {
      closed = true;
    }
  }
}
