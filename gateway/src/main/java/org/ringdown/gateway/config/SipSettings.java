package org.ringdown.gateway.config;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.SipConfig;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.transport.SipTransport;

/**
 * The SIP side.
 *
 * @param listen where to listen; a wildcard address means each address of the machine
 * @param realm the digest realm, and the host name in the gateway's own URIs
 * @param publicAddress the host for Contact and Via instead of the local address, for a gateway
 *     behind a static NAT; null for the local one
 * @param nonceLifetime how long a digest nonce may be used (RFC 8760)
 * @param maxMessageSize the largest SIP message accepted
 * @param registration how long and how many registrations hold
 * @param scanners what becomes of those who try numbers and passwords
 * @param dialogs which extensions of SIP calls with phones use
 * @param dns who tells where names are
 * @param connections how TCP and TLS connections are kept
 * @param tls SIP over TLS
 */
public record SipSettings(
    ImmutableList<SipListen> listen,
    String realm,
    @Nullable String publicAddress,
    Duration nonceLifetime,
    DataSize maxMessageSize,
    Registration registration,
    Scanners scanners,
    DialogPolicy dialogs,
    Dns dns,
    Connections connections,
    SipTls tls) {
  /** The settings of a gateway that is started without a file. */
  public static SipSettings defaults() {
    InetSocketAddress address = GatewayConfig.loopback(5060);
    return new SipSettings(
        ImmutableList.of(
            new SipListen(SipTransport.UDP, address), new SipListen(SipTransport.TCP, address)),
        "ringdown",
        null,
        Duration.ofMinutes(5),
        DataSize.ofKib(16),
        Registration.defaults(),
        Scanners.defaults(),
        DialogPolicy.USUAL,
        Dns.defaults(),
        Connections.defaults(),
        SipTls.defaults());
  }

  /**
   * TCP and TLS connections.
   *
   * @param max how many that others opened there may be
   * @param idleTimeout how long one may be silent
   * @param keepAlive how often to ping on those that we opened (RFC 5626 section 3.5.1)
   */
  public record Connections(int max, Duration idleTimeout, Duration keepAlive) {
    /** What holds where nothing else is set. */
    public static Connections defaults() {
      SipConfig.Connections usual = SipConfig.Connections.USUAL;
      return new Connections(usual.most(), usual.idle(), usual.keepAlive());
    }
  }

  /**
   * One SIP socket.
   *
   * @param transport what it carries
   * @param address where it is bound, possibly a wildcard
   */
  public record SipListen(SipTransport transport, InetSocketAddress address) {}

  /**
   * How names of SIP servers are looked up (RFC 3263).
   *
   * @param servers DNS servers; none for those of the system
   * @param timeout how long to wait for one answer; each server is asked twice
   */
  public record Dns(ImmutableList<InetSocketAddress> servers, Duration timeout) {
    /** What holds where nothing else is set. */
    public static Dns defaults() {
      return new Dns(ImmutableList.of(), Duration.ofSeconds(2));
    }
  }

  /**
   * The registrar's limits (RFC 3261 section 10.3).
   *
   * @param minExpires a phone that asks for less is refused with 423; at most one hour
   * @param defaultExpires what a phone gets that asks for nothing
   * @param maxExpires a phone that asks for more gets this
   * @param maxContacts how many contacts one user may have
   * @param file where they are kept over a restart, as it stands in the configuration; null for
   *     nowhere
   */
  public record Registration(
      Duration minExpires,
      Duration defaultExpires,
      Duration maxExpires,
      int maxContacts,
      @Nullable Path file) {
    /** What holds where nothing else is set. */
    public static Registration defaults() {
      return new Registration(
          Duration.ofSeconds(60),
          Duration.ofHours(1),
          Duration.ofHours(24),
          10,
          Path.of("registrations.json"));
    }
  }

  /**
   * What becomes of a source that leaves challenges without a right answer; one that proves to be a
   * user is forgiven.
   *
   * @param slowAfter challenges above which one request a second is answered
   * @param ignoreAfter challenges above which nothing is answered
   * @param ignoreFor how long nothing is; zero for never
   * @param exempt addresses that are answered whatever they do
   */
  public record Scanners(
      int slowAfter, int ignoreAfter, Duration ignoreFor, ImmutableList<AddressRange> exempt) {
    /** What holds where nothing else is set. */
    public static Scanners defaults() {
      return new Scanners(
          20,
          60,
          Duration.ofMinutes(10),
          ImmutableList.of(
              new AddressRange(InetAddresses.forString("127.0.0.0"), 8),
              new AddressRange(InetAddresses.forString("::1"), 128)));
    }
  }
}
