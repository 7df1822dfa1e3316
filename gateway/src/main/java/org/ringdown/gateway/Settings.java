package org.ringdown.gateway;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ringdown.gateway.call.CallTimers;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.MediaSettings;
import org.ringdown.gateway.config.Secret;
import org.ringdown.gateway.config.SipSettings;
import org.ringdown.gateway.config.SipSettings.SipListen;
import org.ringdown.gateway.config.WebSettings;
import org.ringdown.gateway.routing.registrar.RegistrarLimits;
import org.ringdown.sip.SipConfig;
import org.ringdown.sip.dns.DnsConfig;
import org.ringdown.sip.guard.ScannerLimits;
import org.ringdown.sip.rtp.RtpPortRange;
import org.ringdown.sip.tls.TlsServer;
import org.ringdown.webrtc.WebRtcConfig;
import org.ringdown.webrtc.media.PeerTransports;

/** The configuration as each part wants it. */
record Settings(GatewayConfig config) {
  /** The caller's ACK has 64*T1 (RFC 3261 section 13.3.1.4); the leg gives up before this. */
  private static final Duration LOST_AT_LEAST = Duration.ofMinutes(1);

  private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(40);

  RegistrarLimits registrarLimits() {
    SipSettings.Registration limits = config.sip().registration();
    return new RegistrarLimits(
        limits.minExpires(), limits.defaultExpires(), limits.maxExpires(), limits.maxContacts());
  }

  /** The host name of our own URIs. */
  String realm() {
    return config.sip().realm();
  }

  CallTimers callTimers() {
    GatewayConfig.Calls calls = config.calls();
    return new CallTimers(
        calls.setupTimeout(), calls.ringTimeout(), CONFIRM_TIMEOUT, calls.maxDuration());
  }

  /**
   * The SIP side.
   *
   * @param partners addresses that are never taken for a scanner's
   */
  SipConfig sip(String userAgent, TlsServer tls, Predicate<InetAddress> partners)
      throws IOException {
    SipSettings sip = config.sip();
    SipSettings.Connections kept = sip.connections();
    ImmutableList.Builder<SipConfig.Listen> listens = ImmutableList.builder();
    for (SipListen listen : sip.listen()) {
      for (InetSocketAddress address : Addresses.expand(listen.address())) {
        listens.add(new SipConfig.Listen(listen.transport(), address));
      }
    }
    return new SipConfig(
        listens.build(),
        sip.realm(),
        sip.publicAddress(),
        userAgent,
        sip.nonceLifetime(),
        sip.maxMessageSize().bytes(),
        limits(sip.scanners(), partners),
        new SipConfig.Connections(kept.max(), kept.idleTimeout(), kept.keepAlive()),
        tls);
  }

  private static ScannerLimits limits(
      SipSettings.Scanners config, Predicate<InetAddress> partners) {
    return new ScannerLimits(
        config.slowAfter(),
        config.ignoreAfter(),
        config.ignoreFor(),
        partners.or(
            address -> config.exempt().stream().anyMatch(range -> range.contains(address))));
  }

  DnsConfig dns() {
    return new DnsConfig(config.sip().dns().servers(), config.sip().dns().timeout());
  }

  WebRtcConfig web() throws IOException {
    WebSettings web = config.web();
    return new WebRtcConfig(
        web.http(),
        web.https(),
        web.certificate().file(),
        web.certificate().password().value(),
        certificateHosts(),
        web.allowedOrigins(),
        new WebRtcConfig.Grace(web.resumeGrace(), web.reloadGrace()),
        web.pingInterval(),
        webLimits(web),
        new WebRtcConfig.Expiry(web.tokens().notice(), web.tokens().callsGoOn()),
        this::iceServers);
  }

  private static WebRtcConfig.Limits webLimits(WebSettings web) {
    return new WebRtcConfig.Limits(
        web.maxFrameSize().bytes(),
        web.maxCallsPerSession(),
        web.limits().callsPerUser(),
        web.limits().sessionsPerUser(),
        web.limits().socketsPerAddress(),
        web.limits().messagesPerSecond());
  }

  private ImmutableList<WebRtcConfig.IceServer> iceServers(String user) {
    TurnCredentials turn = new TurnCredentials(config.web().turn(), Clock.systemUTC());
    return Stream.concat(
            config.web().iceServers().stream().map(Settings::iceServer), turn.of(user).stream())
        .collect(toImmutableList());
  }

  private static WebRtcConfig.IceServer iceServer(WebSettings.IceServer server) {
    Secret credential = server.credential();
    return new WebRtcConfig.IceServer(
        server.urls(), server.username(), credential == null ? null : credential.value());
  }

  /** Every name by which a browser may reach this machine. */
  private ImmutableList<String> certificateHosts() throws IOException {
    Set<String> hosts = new LinkedHashSet<>();
    hosts.add("localhost");
    InetSocketAddress https = config.web().https();
    if (https != null) {
      for (InetSocketAddress address : Addresses.expand(https)) {
        hosts.add(address.getAddress().getHostAddress());
      }
    }
    Optional.ofNullable(config.sip().publicAddress()).ifPresent(hosts::add);
    return ImmutableList.copyOf(hosts);
  }

  PeerTransports.Config transports() {
    MediaSettings media = config.media();
    return new PeerTransports.Config(
        media.listen(),
        media.publicAddresses(),
        ioThreads(),
        media.consentTimeout(),
        lostTimeout(),
        media.iceTimeout());
  }

  /** A page that is waited for has its path waited for. */
  private Duration lostTimeout() {
    Duration resume = config.web().resumeGrace();
    return resume.compareTo(LOST_AT_LEAST) < 0 ? LOST_AT_LEAST : resume;
  }

  RtpPortRange openPhonePorts(InetAddress bind) throws IOException {
    MediaSettings.Rtp rtp = config.media().rtp();
    return RtpPortRange.open(bind, rtp.ports().first(), rtp.ports().last(), ioThreads());
  }

  int ioThreads() {
    return config.media().receivingThreads(Runtime.getRuntime().availableProcessors());
  }
}
