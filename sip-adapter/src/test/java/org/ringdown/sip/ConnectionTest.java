package org.ringdown.sip;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringdown.sip.tls.TlsServer;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.SipTransport;
import org.ringdown.sip.transport.Way;
import org.ringdown.sip.wire.SipWire;

/** How TCP connections are kept: keep-alives, and which are closed. */
class ConnectionTest {
  private static final int PATIENCE_MS = 20_000;

  private TestGateway gateway;

  @BeforeEach
  void startGateway() throws IOException {
    gateway = new TestGateway(TlsServer.none());
  }

  @AfterEach
  void stopGateway() {
    gateway.close();
  }

  private Socket connected() throws IOException {
    InetSocketAddress at = gateway.tcp().address();
    Socket socket = new Socket(at.getAddress(), at.getPort());
    socket.setSoTimeout(PATIENCE_MS);
    return socket;
  }

  private static String heard(Socket socket, int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), US_ASCII);
  }

  @Test
  void aPingIsAnsweredBeforeTheFirstRequestAndAfter() throws IOException {
    try (Socket socket = connected();
        SipPeer phone = new SipPeer(SipWire.over(connected(), "TCP"), gateway.tcp(), "1001")) {
      socket.getOutputStream().write(SipWire.bytes("\r\n\r\n"));
      assertThat(heard(socket, 2)).isEqualTo("\r\n");
      phone.play("P: OPTIONS\nG: 200 OPTIONS");
    }
    try (Socket socket = connected()) {
      socket.getOutputStream().write(SipWire.bytes(options("one")));
      assertThat(heard(socket, 15)).isEqualTo("SIP/2.0 200 OK\r");
      drain(socket);
      socket.getOutputStream().write(SipWire.bytes("\r\n\r\n"));
      assertThat(heard(socket, 2)).isEqualTo("\r\n");
      socket.getOutputStream().write(SipWire.bytes(options("two")));
      assertThat(heard(socket, 15)).isEqualTo("SIP/2.0 200 OK\r");
    }
  }

  /** Reads what is left of a response. */
  private static void drain(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder read = new StringBuilder();
    while (!read.toString().endsWith("\r\n\r\n")) {
      read.append((char) in.read());
    }
  }

  private static String options(String id) {
    return "OPTIONS sip:example.org SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:9;branch=z9hG4bK"
        + id
        + "\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: "
        + id
        + "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
  }

  @Test
  void whoSaysNothingIsClosed() throws IOException {
    try (Socket mute = connected();
        Socket blank = connected()) {
      blank.getOutputStream().write(SipWire.bytes("\r\n"));
      assertThat(mute.getInputStream().read()).isEqualTo(-1);
      assertThat(blank.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void thePatienceBeginsWithTheConnection() throws IOException {
    try (Socket first = connected()) {
      assertThat(first.getInputStream().read()).as("a second has passed").isEqualTo(-1);
    }
    try (SipPeer phone = SipPeer.over(gateway.tcp())) {
      phone.play("P: OPTIONS\nG: 200 OPTIONS");
    }
  }

  @Test
  void whoHasSpokenMayBeSilent() throws IOException {
    try (SipPeer phone = SipPeer.over(gateway.tcp());
        Socket mute = connected()) {
      phone.play("P: OPTIONS\nG: 200 OPTIONS");
      assertThat(mute.getInputStream().read()).isEqualTo(-1);
      phone.play("P: OPTIONS\nG: 200 OPTIONS");
    }
  }

  @Test
  void thereAreOnlySoManyAndSilentOnesTakeOnlyHalf() throws IOException {
    List<Socket> mute = new ArrayList<>();
    try (SipPeer phone = SipPeer.over(gateway.tcp())) {
      phone.play("P: OPTIONS\nG: 200 OPTIONS");
      for (int i = 0; i < 60; i++) {
        mute.add(connected());
      }
      TestGateway.soon().until(() -> gateway.endpoint().connections() <= 26);
      phone.play("P: OPTIONS\nG: 200 OPTIONS");
    } finally {
      for (Socket socket : mute) {
        socket.close();
      }
    }
  }

  @Test
  void weKeepAConnectionOfOursAliveAndCloseItWhenAnswersStop() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddresses.forString("127.0.0.1"))) {
      Destination at =
          new Destination((InetSocketAddress) server.getLocalSocketAddress(), SipTransport.TCP);
      gateway.endpoint().options("sip:x@y", at, Way.USUAL, answer -> {});
      try (Socket pbx = server.accept()) {
        pbx.setSoTimeout(PATIENCE_MS);
        drain(pbx);
        pbx.getOutputStream().write(SipWire.bytes("SIP/2.0 200 OK\r\n\r\n"));
        assertThat(heard(pbx, 4)).isEqualTo("\r\n\r\n");
        pbx.getOutputStream().write(SipWire.bytes("\r\n"));
        String rest = new String(pbx.getInputStream().readAllBytes(), US_ASCII);
        assertThat(rest).as("until it was closed").matches("(\r\n\r\n)+");
      }
    }
  }

  @Test
  void aPeerThatDoesNotKnowKeepAlivesKeepsItsConnection() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddresses.forString("127.0.0.1"))) {
      Destination at =
          new Destination((InetSocketAddress) server.getLocalSocketAddress(), SipTransport.TCP);
      gateway.endpoint().options("sip:x@y", at, Way.USUAL, answer -> {});
      try (Socket pbx = server.accept()) {
        pbx.setSoTimeout(PATIENCE_MS);
        drain(pbx);
        assertThat(heard(pbx, 12)).isEqualTo("\r\n\r\n".repeat(3));
      }
    }
  }

  @Test
  void aPingByUdpHurtsNobody() throws IOException {
    try (SipPeer phone = SipPeer.over(gateway.udp())) {
      phone.wire().send(SipWire.bytes("\r\n\r\n"));
      phone.wire().send(new byte[4]);
      phone.wire().send(new byte[0]);
      phone.play("P: OPTIONS\nG: 200 OPTIONS");
    }
  }
}
