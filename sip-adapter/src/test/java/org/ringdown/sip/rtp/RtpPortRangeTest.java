package org.ringdown.sip.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RtpPortRangeTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final RtpPort.Receiver DEAF =
      new RtpPort.Receiver() {
        @Override
        public void onRtp(ByteBuffer packet) {}

        @Override
        public void onRtcp(ByteBuffer packet) {}
      };

  @Test
  void givesEvenPortsAndTakesThemBack() throws IOException {
    try (RtpPortRange range = RtpPortRange.open(LOOPBACK, 0, 0, 2)) {
      RtpPort first = range.allocate(DEAF);
      RtpPort second = range.allocate(DEAF);
      assertThat(first.local().getPort()).isEven().isNotEqualTo(second.local().getPort());
      assertThat(first.local().getAddress()).isEqualTo(LOOPBACK);
      assertThat(range.inUse()).isEqualTo(2);
      first.close();
      first.close();
      assertThat(range.inUse()).isEqualTo(1);
    }
  }

  @Test
  void usesEveryPairOfTheRangeAndThenSaysThatItIsFull() throws IOException {
    int base = freeBlock(8);
    try (RtpPortRange range = RtpPortRange.open(LOOPBACK, base + 1, base + 7, 1)) {
      Set<Integer> ports = new HashSet<>();
      for (int i = 0; i < 3; i++) {
        ports.add(range.allocate(DEAF).local().getPort());
      }
      assertThat(ports).containsExactlyInAnyOrder(base + 2, base + 4, base + 6);
      assertThatThrownBy(() -> range.allocate(DEAF))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no RTP port left: 3 of the 3 pairs")
          .hasMessageContaining((base + 2) + "-" + (base + 7));
    }
  }

  @Test
  void portGivenBackCanBeHadAgainAtOnce() throws IOException {
    int base = freeBlock(2);
    try (RtpPortRange range = RtpPortRange.open(LOOPBACK, base, base + 1, 1)) {
      for (int i = 0; i < 50; i++) {
        range.allocate(DEAF).close();
      }
      assertThat(range.inUse()).isZero();
    }
  }

  @Test
  void skipsPairsOfWhichAnotherProgramHoldsOne() throws IOException {
    int base = freeBlock(4);
    try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(LOOPBACK, base + 1));
        RtpPortRange range = RtpPortRange.open(LOOPBACK, base, base + 3, 1)) {
      assertThat(other.isBound()).isTrue();
      assertThat(range.allocate(DEAF).local().getPort()).isEqualTo(base + 2);
      assertThatThrownBy(() -> range.allocate(DEAF)).hasMessageContaining("other programs");
    }
  }

  @Test
  void closingTheRangeClosesItsPortsAndRefusesNewOnes() throws IOException {
    RtpPortRange range = RtpPortRange.open(LOOPBACK, 0, 0, 1);
    List<RtpPort> ports = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ports.add(range.allocate(DEAF));
    }
    range.close();
    range.close();
    assertThat(range.inUse()).isZero();
    ports.get(0).sendRtp(ByteBuffer.allocate(20));
    ports.get(0).close();
    assertThatThrownBy(() -> range.allocate(DEAF)).hasMessageContaining("closed");
  }

  @Test
  void serves6And4OnTheWildcardOfBoth() throws IOException {
    InetAddress any = InetAddresses.forString("::");
    assumeTrue(hasIpv6(), "this machine has no IPv6");
    AtomicInteger heard = new AtomicInteger();
    try (RtpPortRange range = RtpPortRange.open(any, 0, 0, 1);
        DatagramSocket v4 =
            new DatagramSocket(new InetSocketAddress(InetAddresses.forString("127.0.0.1"), 0));
        DatagramSocket v6 =
            new DatagramSocket(new InetSocketAddress(InetAddresses.forString("::1"), 0))) {
      int port = range.allocate(new Counter(heard)).local().getPort();
      int other = range.allocate(new Counter(heard)).local().getPort();
      byte[] packet = new byte[20];
      packet[0] = (byte) 0x80;
      v4.send(new DatagramPacket(packet, 20, InetAddresses.forString("127.0.0.1"), port));
      v6.send(new DatagramPacket(packet, 20, InetAddresses.forString("::1"), other));
      await().untilAsserted(() -> assertThat(heard).hasValue(2));
    }
  }

  private static boolean hasIpv6() {
    try (DatagramSocket probe =
        new DatagramSocket(new InetSocketAddress(InetAddresses.forString("::1"), 0))) {
      return probe.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void refusesARangeWithoutAPair() {
    assertThatThrownBy(() -> RtpPortRange.open(LOOPBACK, 4001, 4002, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4001-4002");
    assertThatThrownBy(() -> RtpPortRange.open(LOOPBACK, 5000, 4000, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RtpPortRange.open(LOOPBACK, 4000, 70_000, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RtpPortRange.open(LOOPBACK, 4000, 4001, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysAtOnceThatAnAddressIsNotOurs() throws IOException {
    InetAddress elsewhere = InetAddresses.forString("192.0.2.1");
    assertThatThrownBy(() -> RtpPortRange.open(elsewhere, 0, 0, 1)).isInstanceOf(IOException.class);
  }

  private record Counter(AtomicInteger heard) implements RtpPort.Receiver {
    @Override
    public void onRtp(ByteBuffer packet) {
      heard.incrementAndGet();
    }

    @Override
    public void onRtcp(ByteBuffer packet) {}
  }

  /** An even port with so many free ones from it on, as far as one can know. */
  private static int freeBlock(int size) throws IOException {
    for (int attempt = 0; attempt < 100; attempt++) {
      int base = PortPair.freeRtpPort(LOOPBACK);
      if (base + size < 65_000 && areFree(base, size)) {
        return base;
      }
    }
    throw new IOException("no block of free ports");
  }

  private static boolean areFree(int base, int size) {
    for (int port = base; port < base + size; port++) {
      try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(LOOPBACK, port))) {
        assertThat(probe.getLocalPort()).isEqualTo(port);
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }
}
