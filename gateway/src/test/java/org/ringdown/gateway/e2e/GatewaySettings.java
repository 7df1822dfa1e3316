package org.ringdown.gateway.e2e;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.nio.file.Path;
import java.time.Duration;
import org.ringdown.gateway.e2e.process.FreePorts;

/**
 * What the gateway of a test is configured with. The users are {@code alice}, {@code bob}, {@code
 * 1001} and {@code 1002}; 9196 is an echo and 9197 a tone.
 *
 * @param changed what is not as usual
 */
record GatewaySettings(Ports ports, ImmutableMap<Part, String> changed) {
  private static final int RTP_PORTS = 200;

  /** Ports of its own, the lowest of those for RTP among them. */
  record Ports(int sip, int web, int media, int admin, int rtp) {}

  /** What tests may change. */
  enum Part {
    WEB_ADDRESS("127.0.0.1"),
    MEDIA_ADDRESS("127.0.0.1"),
    RING_TIMEOUT("60s"),
    TURN("{}"),
    WEB("resumeGrace: 2s"),
    SIP("registration: {minExpires: 5s}"),
    ALSO_LISTEN(""),
    RTP_BIND("127.0.0.1"),
    MORE("");

    private final String usual;

    Part(String usual) {
      this.usual = usual;
    }
  }

  /** Ports of its own and the ring time of a person. */
  static GatewaySettings with(FreePorts free) {
    int rtp = free.block(RTP_PORTS);
    return new GatewaySettings(
        new Ports(free.one(), free.one(), free.one(), free.one(), rtp), ImmutableMap.of());
  }

  private String text(Part part) {
    return changed.getOrDefault(part, part.usual);
  }

  private GatewaySettings with(Part part, String text) {
    ImmutableMap.Builder<Part, String> all = ImmutableMap.builder();
    all.putAll(Maps.filterKeys(changed, other -> other != part));
    return new GatewaySettings(ports, all.put(part, text).buildOrThrow());
  }

  int sipPort() {
    return ports.sip();
  }

  int webPort() {
    return ports.web();
  }

  int adminPort() {
    return ports.admin();
  }

  /** The same with another limit for ringing. */
  GatewaySettings ringingAtMost(Duration limit) {
    return with(Part.RING_TIMEOUT, limit.toSeconds() + "s");
  }

  /** The same with media on every address of this machine: Firefox makes no calls to 127.0.0.1. */
  GatewaySettings forFirefox() {
    return with(Part.MEDIA_ADDRESS, "0.0.0.0");
  }

  /** The same with pages, and their media, on another address of this machine. */
  GatewaySettings forPagesAt(String address) {
    String bracketed = address.contains(":") ? "[" + address + "]" : address;
    return with(Part.WEB_ADDRESS, bracketed).with(Part.MEDIA_ADDRESS, bracketed);
  }

  /** Where the web phone is, without its path. */
  String webOrigin() {
    return "http://" + text(Part.WEB_ADDRESS) + ":" + webPort();
  }

  /** The same with a TURN server, as the configuration says it. */
  GatewaySettings withTurn(String section) {
    return with(Part.TURN, section);
  }

  /** The same with other settings of the web section; without them a page has 2 s to come back. */
  GatewaySettings withWeb(String settings) {
    return with(Part.WEB, settings);
  }

  /** The same with one more setting of the sip section. */
  GatewaySettings withSip(String setting) {
    return with(Part.SIP, text(Part.SIP) + "\n  " + setting);
  }

  /** The same with further sections of the configuration file. */
  GatewaySettings with(String yaml) {
    return with(Part.MORE, yaml);
  }

  /** The same listening for TLS too, with a certificate and its key in one file. */
  GatewaySettings withTls(int port, Path certificate) {
    return withSip("tls: {certificate: {file: \"" + certificate + "\"}}")
        .alsoListening("tls:127.0.0.1:" + port);
  }

  /** The same with phones over IPv6, too, on the same port. */
  GatewaySettings withIpv6() {
    return alsoListening("udp:[::1]:" + ports.sip()).with(Part.RTP_BIND, "[127.0.0.1, \"::1\"]");
  }

  private GatewaySettings alsoListening(String listen) {
    return with(Part.ALSO_LISTEN, ", \"" + listen + '"');
  }

  String yaml() {
    return ours() + text(Part.MORE);
  }

  private String ours() {
    return """
    sip:
      listen: ["udp:127.0.0.1:%1$d", "tcp:127.0.0.1:%1$d"%12$s]
      realm: ringdown
      %11$s
    web: {http: "%14$s:%2$d", https: null, turn: %9$s, %10$s}
    media:
      listen: "%8$s:%3$d"
      rtp: {bind: %13$s, ports: "%4$d-%5$d"}
    users:
      alice: {password: alicepw}
      bob: {password: bobpw}
      "1001": {password: p1001, pickup: desk}
      "1002": {password: p1002, pickup: desk}
    extensions: {"9196": echo, "9197": tone}
    admin: {listen: "127.0.0.1:%6$d"}
    calls: {ringTimeout: %7$s}
    """
        .formatted(
            ports.sip(),
            ports.web(),
            ports.media(),
            ports.rtp(),
            ports.rtp() + RTP_PORTS - 1,
            ports.admin(),
            text(Part.RING_TIMEOUT),
            text(Part.MEDIA_ADDRESS),
            text(Part.TURN),
            text(Part.WEB),
            text(Part.SIP),
            text(Part.ALSO_LISTEN),
            text(Part.RTP_BIND),
            text(Part.WEB_ADDRESS));
  }
}
