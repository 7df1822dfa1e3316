package org.ringdown.gateway.e2e;

import java.nio.file.Path;
import java.time.Duration;
import org.ringdown.gateway.e2e.process.FreePorts;

/**
 * What the gateway of a test is configured with. The users are {@code alice}, {@code bob}, {@code
 * 1001} and {@code 1002}; 9196 is an echo and 9197 a tone.
 */
record GatewaySettings(
    int sipPort,
    int webPort,
    String mediaAddress,
    int mediaPort,
    int adminPort,
    int lowestRtpPort,
    Duration ringTimeout,
    String turn,
    String web,
    String sip,
    String alsoListen,
    String more) {
  private static final int RTP_PORTS = 200;
  private static final String IPV6 = "[::1]";

  /** Ports of its own and the ring time of a person. */
  static GatewaySettings with(FreePorts ports) {
    Duration ringTimeout = Duration.ofSeconds(60);
    int rtp = ports.block(RTP_PORTS);
    return new GatewaySettings(
        ports.one(),
        ports.one(),
        "127.0.0.1",
        ports.one(),
        ports.one(),
        rtp,
        ringTimeout,
        "{}",
        "resumeGrace: 2s",
        "registration: {minExpires: 5s}",
        "",
        "");
  }

  /** The same with another limit for ringing. */
  GatewaySettings ringingAtMost(Duration limit) {
    return new GatewaySettings(
        sipPort,
        webPort,
        mediaAddress,
        mediaPort,
        adminPort,
        lowestRtpPort,
        limit,
        turn,
        web,
        sip,
        alsoListen,
        more);
  }

  /** The same with media on every address of this machine: Firefox makes no calls to 127.0.0.1. */
  GatewaySettings forFirefox() {
    return new GatewaySettings(
        sipPort,
        webPort,
        "0.0.0.0",
        mediaPort,
        adminPort,
        lowestRtpPort,
        ringTimeout,
        turn,
        web,
        sip,
        alsoListen,
        more);
  }

  /** The same with a TURN server, as the configuration says it. */
  GatewaySettings withTurn(String section) {
    return new GatewaySettings(
        sipPort,
        webPort,
        mediaAddress,
        mediaPort,
        adminPort,
        lowestRtpPort,
        ringTimeout,
        section,
        web,
        sip,
        alsoListen,
        more);
  }

  /** The same with other settings of the web section; without them a page has 2 s to come back. */
  GatewaySettings withWeb(String settings) {
    return new GatewaySettings(
        sipPort,
        webPort,
        mediaAddress,
        mediaPort,
        adminPort,
        lowestRtpPort,
        ringTimeout,
        turn,
        settings,
        sip,
        alsoListen,
        more);
  }

  /** The same with one more setting of the sip section. */
  GatewaySettings withSip(String setting) {
    return new GatewaySettings(
        sipPort,
        webPort,
        mediaAddress,
        mediaPort,
        adminPort,
        lowestRtpPort,
        ringTimeout,
        turn,
        web,
        sip + "\n  " + setting,
        alsoListen,
        more);
  }

  /** The same with further sections of the configuration file. */
  GatewaySettings with(String yaml) {
    return new GatewaySettings(
        sipPort,
        webPort,
        mediaAddress,
        mediaPort,
        adminPort,
        lowestRtpPort,
        ringTimeout,
        turn,
        web,
        sip,
        alsoListen,
        yaml);
  }

  /** The same listening for TLS too, with a certificate and its key in one file. */
  GatewaySettings withTls(int port, Path certificate) {
    return withSip("tls: {certificate: {file: \"" + certificate + "\"}}")
        .alsoListening("tls:127.0.0.1:" + port);
  }

  /** The same with phones over IPv6, too, on the same port. */
  GatewaySettings withIpv6() {
    return alsoListening("udp:" + IPV6 + ":" + sipPort);
  }

  private GatewaySettings alsoListening(String listen) {
    return new GatewaySettings(
        sipPort,
        webPort,
        mediaAddress,
        mediaPort,
        adminPort,
        lowestRtpPort,
        ringTimeout,
        turn,
        web,
        sip,
        ", \"" + listen + '"',
        more);
  }

  String yaml() {
    return ours() + more;
  }

  private String ours() {
    return """
    sip:
      listen: ["udp:127.0.0.1:%1$d", "tcp:127.0.0.1:%1$d"%12$s]
      realm: ringdown
      %11$s
    web: {http: "127.0.0.1:%2$d", https: null, turn: %9$s, %10$s}
    media:
      listen: "%8$s:%3$d"
      rtp: {bind: %13$s, ports: "%4$d-%5$d"}
    users:
      alice: {password: alicepw}
      bob: {password: bobpw}
      "1001": {password: p1001}
      "1002": {password: p1002}
    extensions: {"9196": echo, "9197": tone}
    admin: {listen: "127.0.0.1:%6$d"}
    calls: {ringTimeout: %7$ds}
    """
        .formatted(
            sipPort,
            webPort,
            mediaPort,
            lowestRtpPort,
            lowestRtpPort + RTP_PORTS - 1,
            adminPort,
            ringTimeout.toSeconds(),
            mediaAddress,
            turn,
            web,
            sip,
            alsoListen,
            alsoListen.contains(IPV6) ? "[127.0.0.1, \"::1\"]" : "127.0.0.1");
  }
}
