package org.ringdown.gateway.testkit.load.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * rtpengine's control protocol: a cookie and a JSON object in a datagram each way. One command
 * after the other; safe from any thread.
 */
final class RtpengineControl implements AutoCloseable {
  private static final int TRIES = 5;
  private static final int PATIENCE_MS = 1_000;
  private static final int MOST_BYTES = 65_535;
  private static final String PHONE = "phone";
  private static final String PAGE = "page";

  private final JsonMapper json = JsonMapper.builder().build();
  private final DatagramSocket socket;
  private final InetSocketAddress server;
  private final String cookies = Integer.toHexString(ThreadLocalRandom.current().nextInt());
  private int commands;

  private RtpengineControl(DatagramSocket socket, InetSocketAddress server) {
    this.socket = socket;
    this.server = server;
  }

  /**
   * Finds out whether it is there.
   *
   * @throws IOException if it does not answer
   */
  static RtpengineControl open(InetSocketAddress server) throws IOException {
    RtpengineControl control = new RtpengineControl(new DatagramSocket(), server);
    try {
      control.socket.setSoTimeout(PATIENCE_MS);
      control.socket.connect(server);
      JsonNode unused = control.ask(ImmutableMap.of("command", "ping"));
      return control;
    } catch (IOException | RuntimeException e) {
      control.close();
      throw e;
    }
  }

  /** A phone's offer as a page is to get it. */
  String offer(String call, String sdp) throws IOException {
    return described(
        ImmutableMap.<String, Object>builder()
            .put("command", "offer")
            .put("call-id", call)
            .put("from-tag", PHONE)
            .put("sdp", sdp)
            .put("transport-protocol", "UDP/TLS/RTP/SAVPF")
            .put("ICE", "force")
            .put("rtcp-mux", ImmutableList.of("require"))
            .put("SDES", ImmutableList.of("off"))
            .put("flags", ImmutableList.of("generate-mid"))
            .buildOrThrow());
  }

  /** A page's answer as a phone is to get it. */
  String answer(String call, String sdp) throws IOException {
    return described(
        ImmutableMap.<String, Object>builder()
            .put("command", "answer")
            .put("call-id", call)
            .put("from-tag", PHONE)
            .put("to-tag", PAGE)
            .put("sdp", sdp)
            .put("transport-protocol", "RTP/AVP")
            .put("ICE", "remove")
            .put("rtcp-mux", ImmutableList.of("demux"))
            .buildOrThrow());
  }

  /** Ends a call. */
  void delete(String call) throws IOException {
    JsonNode unused = ask(ImmutableMap.of("command", "delete", "call-id", call, "from-tag", PHONE));
  }

  private String described(ImmutableMap<String, Object> command) throws IOException {
    return ask(command).path("sdp").asString("");
  }

  private synchronized JsonNode ask(ImmutableMap<String, Object> command) throws IOException {
    String cookie = cookies + "-" + ++commands;
    byte[] request = (cookie + " " + json.writeValueAsString(command)).getBytes(UTF_8);
    for (int i = 0; i < TRIES; i++) {
      socket.send(new DatagramPacket(request, request.length));
      try {
        return checked(await(cookie + " "));
      } catch (SocketTimeoutException e) {
        // It knows the cookie, and does nothing twice.
      }
    }
    throw new IOException("rtpengine does not answer at " + server);
  }

  private String await(String cookie) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
    while (true) {
      socket.receive(packet);
      String text = new String(packet.getData(), 0, packet.getLength(), UTF_8);
      if (text.startsWith(cookie)) {
        return text.substring(cookie.length());
      }
    }
  }

  private JsonNode checked(String text) throws IOException {
    JsonNode reply;
    try {
      reply = json.readTree(text);
    } catch (JacksonException e) {
      throw new IOException("rtpengine answered what is no JSON", e);
    }
    if (reply.path("result").asString("").equals("error")) {
      throw new IOException("rtpengine: " + reply.path("error-reason").asString(""));
    }
    return reply;
  }

  @Override
  public void close() {
    socket.close();
  }
}
