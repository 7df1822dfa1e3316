package org.ringdown.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever a peer sends instead of a ClientHello, the handshake is over when it is closed. */
class DtlsPropertyTest {
  private static final DtlsEngine ENGINE =
      new DtlsEngine(ImmutableList.of(new SrtpOffer(7, 56)), new SecureRandom(), Instant.EPOCH);

  @AfterContainer
  static void close() {
    ENGINE.close();
  }

  @Property(tries = 60)
  void aMutatedClientHelloIsSurvived(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 150 * 8) Integer> bits)
      throws InterruptedException {
    BlockingQueue<byte[]> sent = new LinkedBlockingQueue<>();
    try (DtlsAssociation client = ENGINE.associate(true, new Peer(sent::add));
        DtlsAssociation server = ENGINE.associate(false, new Peer(datagram -> {}))) {
      client.start();
      byte[] hello = sent.take();
      bits.forEach(bit -> hello[bit / 8 % hello.length] ^= (byte) (1 << bit % 8));
      server.receive(ByteBuffer.wrap(hello));
      server.receive(ByteBuffer.wrap(hello));
    }
    await().pollInterval(Duration.ofMillis(5)).until(() -> shakingHands() == 0);
  }

  private static long shakingHands() {
    return Thread.getAllStackTraces().values().stream()
        .filter(
            stack -> List.of(stack).stream().anyMatch(f -> f.getMethodName().equals("shakeHands")))
        .count();
  }

  /** Sends to a queue and trusts anybody; nothing may break. */
  private record Peer(Consumer<byte[]> output) implements DtlsAssociation.Listener {
    @Override
    public void send(ByteBuffer datagram) {
      byte[] copy = new byte[datagram.remaining()];
      datagram.get(copy);
      output.accept(copy);
    }

    @Override
    public boolean accepts(byte[] certificate) {
      return true;
    }

    @Override
    public void onSecured(DtlsResult result) {}

    @Override
    public void onFailed(String reason) {
      assertThat(reason).isNotEqualTo("internal error");
    }

    @Override
    public void onClosed() {}
  }
}
