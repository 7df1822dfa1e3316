package org.ringdown.sip.rtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UdpRtpPortTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private RtpPortRange range;
  private RtpPort port;
  private DatagramSocket phone;
  private DatagramSocket phoneRtcp;

  @BeforeEach
  void open() throws IOException {
    range = RtpPortRange.open(LOOPBACK, 0, 0, 1);
    port = range.allocate(new Recorder());
    phone = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
    phoneRtcp = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
    phone.setSoTimeout(20_000);
    phoneRtcp.setSoTimeout(20_000);
  }

  @AfterEach
  void close() {
    phone.close();
    phoneRtcp.close();
    range.close();
  }

  @Test
  void sendsRtpAndRtcpToWhereTheSdpSays() throws IOException {
    port.connect(address(phone), address(phoneRtcp));
    port.sendRtp(rtp("voice"));
    port.sendRtcp(rtcp("report"));
    assertThat(received(phone)).endsWith("voice");
    assertThat(received(phoneRtcp)).endsWith("report");
  }

  @Test
  void answersToWhereThePacketsComeFrom() throws IOException {
    port.connect(new InetSocketAddress(LOOPBACK, 9), new InetSocketAddress(LOOPBACK, 9));
    send(phone, rtp("hello"), 0);
    await().until(() -> heard.contains("rtp hello"));
    assertThat(port.remote()).contains(address(phone));
    port.sendRtp(rtp("back"));
    assertThat(received(phone)).endsWith("back");
  }

  @Test
  void hearsMediaThatComesBeforeTheAnswer() throws IOException {
    send(phone, rtp("early"), 0);
    await().until(() -> heard.contains("rtp early"));
    port.sendRtp(rtp("back"));
    assertThat(received(phone)).endsWith("back");
  }

  @Test
  void hearsRtcpOnBothPorts() throws IOException {
    send(phoneRtcp, rtcp("apart"), 1);
    send(phone, rtcp("muxed"), 0);
    await().until(() -> heard.contains("rtcp apart") && heard.contains("rtcp muxed"));
  }

  @Test
  void sendsRtcpFromTheRtpPortIfThePhoneMultiplexes() throws IOException {
    port.connect(address(phone), address(phone));
    port.sendRtcp(rtcp("report"));
    DatagramPacket packet = new DatagramPacket(new byte[200], 200);
    phone.receive(packet);
    assertThat(packet.getPort()).isEqualTo(port.local().getPort());
  }

  @Test
  void anotherSourceCannotStealAFlowingStream() throws IOException {
    send(phone, rtp("first"), 0);
    await().until(() -> heard.contains("rtp first"));
    send(phoneRtcp, rtp("thief"), 0);
    send(phone, rtp("second"), 0);
    await().until(() -> heard.contains("rtp second"));
    assertThat(heard).doesNotContain("rtp thief");
    assertThat(port.remote()).contains(address(phone));
  }

  @Test
  void whatIsNotGenuineIsNotHeardAndDoesNotLatch() throws IOException {
    port.connect(new InetSocketAddress(LOOPBACK, 9), new InetSocketAddress(LOOPBACK, 9));
    send(phoneRtcp, rtp("?forged"), 0);
    send(phoneRtcp, rtcp("?forged"), 0);
    send(phone, rtp("real"), 0);
    await().until(() -> heard.contains("rtp real"));
    assertThat(heard).containsExactly("rtp real");
    assertThat(port.remote()).contains(address(phone));
  }

  @Test
  void noiseIsNotHeardAndDoesNotLatch() throws IOException {
    port.connect(address(phone), address(phone));
    send(phoneRtcp, ByteBuffer.wrap("STUN or worse, not RTP at all".getBytes(US_ASCII)), 0);
    send(phoneRtcp, ByteBuffer.wrap(new byte[] {(byte) 0x80}), 0);
    send(phoneRtcp, ByteBuffer.allocate(0), 0);
    send(phone, rtp("real"), 0);
    await().until(() -> heard.contains("rtp real"));
    assertThat(heard).containsExactly("rtp real");
  }

  @Test
  void oversizedPacketsAreDroppedNotCut() throws IOException {
    byte[] huge = new byte[9_000];
    huge[0] = (byte) 0x80;
    send(phone, ByteBuffer.wrap(huge), 0);
    send(phone, rtp("next"), 0);
    await().until(() -> heard.contains("rtp next"));
    assertThat(heard).containsExactly("rtp next");
  }

  @Test
  void receiverThatThrowsDoesNotStopTheThread() throws IOException {
    send(phone, rtp("throw"), 0);
    send(phone, rtp("next"), 0);
    await().until(() -> heard.contains("rtp next"));
  }

  @Test
  void sendingToAnAddressOfAnotherFamilyIsDroppedQuietly() throws IOException {
    InetSocketAddress v6 = new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 4000);
    port.connect(v6, v6);
    port.sendRtp(rtp("lost"));
    port.connect(address(phone), address(phone));
    port.sendRtp(rtp("arrives"));
    assertThat(received(phone)).endsWith("arrives");
  }

  private void send(DatagramSocket from, ByteBuffer packet, int offset) throws IOException {
    byte[] bytes = new byte[packet.remaining()];
    packet.get(bytes);
    from.send(new DatagramPacket(bytes, bytes.length, LOOPBACK, port.local().getPort() + offset));
  }

  private static String received(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[200], 200);
    socket.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), US_ASCII);
  }

  private static InetSocketAddress address(DatagramSocket socket) {
    return new InetSocketAddress(LOOPBACK, socket.getLocalPort());
  }

  private static ByteBuffer rtp(String payload) {
    return packet(0, payload);
  }

  private static ByteBuffer rtcp(String payload) {
    return packet(200, payload);
  }

  private static ByteBuffer packet(int second, String payload) {
    ByteBuffer packet = ByteBuffer.allocate(12 + payload.length());
    packet.put((byte) 0x80).put((byte) second).position(12).put(payload.getBytes(US_ASCII));
    return packet.flip();
  }

  private final class Recorder implements RtpPort.Receiver {
    @Override
    public boolean isGenuineRtp(ByteBuffer packet) {
      return packet.get(12) != '?';
    }

    @Override
    public boolean isGenuineRtcp(ByteBuffer packet) {
      return packet.get(12) != '?';
    }

    @Override
    public void onRtp(ByteBuffer packet) {
      assertThat(packet.capacity() - packet.limit()).isGreaterThanOrEqualTo(64);
      String payload = payload(packet);
      if (payload.equals("throw")) {
        throw new IllegalStateException("the receiver's own trouble");
      }
      heard.add("rtp " + payload);
    }

    @Override
    public void onRtcp(ByteBuffer packet) {
      heard.add("rtcp " + payload(packet));
    }

    private String payload(ByteBuffer packet) {
      byte[] bytes = new byte[packet.remaining() - 12];
      packet.position(12).get(bytes);
      return new String(bytes, US_ASCII);
    }
  }
}
