package org.ringdown.webrtc.ice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class UdpPortTest {
  private static final InetAddress LOOPBACK = InetAddresses.forString("127.0.0.1");

  @Test
  void everythingSentIsEchoedThroughTheSocketThatItCameTo() throws Exception {
    try (UdpPort port = UdpPort.bind(ImmutableList.of(LOOPBACK), 0, 2)) {
      port.start((datagram, source, link) -> link.send(datagram, source));
      for (int i = 0; i < 20; i++) {
        assertThat(ask(port, "packet " + i)).isEqualTo("packet " + i);
      }
    }
  }

  @Test
  void severalThreadsShareThePort() throws Exception {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    try (UdpPort port = UdpPort.bind(ImmutableList.of(LOOPBACK), 0, 2)) {
      port.start(
          (datagram, source, link) -> {
            threads.add(Thread.currentThread().getName());
            link.send(datagram, source);
          });
      await()
          .until(
              () -> {
                ask(port, "x");
                return threads.size() == 2;
              });
    }
  }

  @Test
  void thereIsRoomBehindThePacketInAnArray() throws Exception {
    try (UdpPort port = UdpPort.bind(ImmutableList.of(LOOPBACK), 0, 1)) {
      port.start(
          (datagram, source, link) -> {
            boolean fits = datagram.hasArray() && datagram.capacity() - datagram.limit() >= 64;
            link.send(ByteBuffer.wrap(String.valueOf(fits).getBytes(UTF_8)), source);
          });
      assertThat(ask(port, "x".repeat(1_900))).isEqualTo("true");
    }
  }

  @Test
  void aPortInUseIsRefusedEvenIfItCouldBeShared() throws Exception {
    try (UdpPort first = UdpPort.bind(ImmutableList.of(LOOPBACK), 0, 2)) {
      assertThatThrownBy(() -> UdpPort.bind(ImmutableList.of(LOOPBACK), first.port(), 2))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + first.port());
    }
  }

  @Test
  void anInterruptedSenderDoesNotCloseThePort() throws Exception {
    try (UdpPort port = UdpPort.bind(ImmutableList.of(LOOPBACK), 0, 1)) {
      port.start(
          (datagram, source, link) -> {
            Thread.currentThread().interrupt();
            link.send(datagram, source);
            Thread.interrupted();
          });
      assertThat(ask(port, "one")).isEqualTo("one");
      assertThat(ask(port, "two")).isEqualTo("two");
    }
  }

  @Test
  void aHandlerThatFailsCostsOnePacket() throws Exception {
    try (UdpPort port = UdpPort.bind(ImmutableList.of(LOOPBACK), 0, 1)) {
      port.start(
          (datagram, source, link) -> {
            if (datagram.get(0) == '!') {
              throw new IllegalStateException("for the test");
            }
            link.send(datagram, source);
          });
      try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
        send(socket, port, "!");
      }
      assertThat(ask(port, "alive")).isEqualTo("alive");
    }
  }

  private static String ask(UdpPort port, String text) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
      socket.setSoTimeout(20_000);
      send(socket, port, text);
      DatagramPacket answer = new DatagramPacket(new byte[2_048], 2_048);
      socket.receive(answer);
      return new String(answer.getData(), 0, answer.getLength(), UTF_8);
    }
  }

  private static void send(DatagramSocket socket, UdpPort port, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    InetSocketAddress to = new InetSocketAddress(LOOPBACK, port.port());
    socket.send(new DatagramPacket(bytes, bytes.length, to));
  }
}
