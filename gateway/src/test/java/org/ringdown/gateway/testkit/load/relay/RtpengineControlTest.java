package org.ringdown.gateway.testkit.load.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RtpengineControlTest {
  private static final String PONG = "{\"result\":\"pong\"}";

  private final List<JsonNode> commands = new CopyOnWriteArrayList<>();
  private final DatagramSocket server = open();
  private volatile Function<JsonNode, String> answers = command -> PONG;
  private final AtomicInteger deafFor = new AtomicInteger();

  private static DatagramSocket open() {
    try {
      return new DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void serve() {
    Thread thread = new Thread(this::answerAll, "fake-rtpengine");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void answerAll() {
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    while (!server.isClosed()) {
      try {
        packet.setLength(65_535);
        server.receive(packet);
        answer(packet);
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answer(DatagramPacket packet) throws IOException {
    String[] words =
        new String(packet.getData(), 0, packet.getLength(), UTF_8).split(" ", 2); // cookie, command
    JsonNode command = JsonMapper.builder().build().readTree(words[1]);
    commands.add(command);
    if (deafFor.getAndDecrement() > 0) {
      return;
    }
    byte[] reply = (words[0] + " " + answers.apply(command)).getBytes(UTF_8);
    server.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
  }

  private RtpengineControl control() throws IOException {
    return RtpengineControl.open((InetSocketAddress) server.getLocalSocketAddress());
  }

  @Test
  void anOfferToAPageIsSecuredAndTheAnswerToThePhoneIsNot() throws IOException {
    try (RtpengineControl control = control()) {
      answers =
          command ->
              "{\"result\":\"ok\",\"sdp\":\"v=0 of " + command.path("command").asString() + "\"}";

      assertThat(control.offer("c1", "v=0 phone")).isEqualTo("v=0 of offer");
      assertThat(control.answer("c1", "v=0 page")).isEqualTo("v=0 of answer");
      control.delete("c1");
    }

    assertThat(commands)
        .extracting(command -> command.path("command").asString())
        .containsExactly("ping", "offer", "answer", "delete");
    assertThat(commands.get(1).path("transport-protocol").asString())
        .isEqualTo("UDP/TLS/RTP/SAVPF");
    assertThat(commands.get(1).path("sdp").asString()).isEqualTo("v=0 phone");
    assertThat(commands.get(2).path("transport-protocol").asString()).isEqualTo("RTP/AVP");
    assertThat(commands.get(2).path("call-id").asString()).isEqualTo("c1");
  }

  @Test
  void aCommandWhoseAnswerIsLostIsSentAgain() throws IOException {
    deafFor.set(1);

    try (RtpengineControl control = control()) {
      assertThat(commands).hasSizeGreaterThanOrEqualTo(2);
      assertThat(control).isNotNull();
    }
  }

  @Test
  void aRefusalIsToldInItsOwnWords() throws IOException {
    try (RtpengineControl control = control()) {
      answers = command -> "{\"result\":\"error\",\"error-reason\":\"No SDP body in message\"}";

      assertThatThrownBy(() -> control.offer("c1", ""))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("No SDP body in message");
    }
  }

  @Test
  void whereNobodyListensThereIsNoRtpengine() {
    InetSocketAddress nobody = (InetSocketAddress) server.getLocalSocketAddress();
    server.close();

    assertThatThrownBy(() -> RtpengineControl.open(nobody)).isInstanceOf(IOException.class);
  }
}
