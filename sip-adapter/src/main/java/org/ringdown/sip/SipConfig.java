package org.ringdown.sip;

import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.guard.ScannerLimits;
import org.ringdown.sip.tls.TlsServer;
import org.ringdown.sip.transport.SipTransport;

/**
 * How a {@link SipEndpoint} is set up.
 *
 * @param listens concrete addresses to listen on, no wildcards; port 0 takes a free one
 * @param realm the digest realm, and the host name that stands in our own URIs
 * @param publicHost the host to write into Contact and Via instead of the local address (a gateway
 *     behind a static NAT), or null
 * @param userAgent the Server and User-Agent header
 * @param nonceLifetime how long a digest nonce may be used
 * @param maxMessageBytes the largest SIP message accepted
 * @param scanners from when on who tries numbers and passwords is slowed and ignored
 * @param connections how TCP and TLS connections are kept
 * @param tls how those who connect by TLS are met
 */
public record SipConfig(
    ImmutableList<Listen> listens,
    String realm,
    @Nullable String publicHost,
    String userAgent,
    Duration nonceLifetime,
    int maxMessageBytes,
    ScannerLimits scanners,
    Connections connections,
    TlsServer tls) {
  /** The same with the usual connections, and without TLS. */
  public SipConfig(
      ImmutableList<Listen> listens,
      String realm,
      @Nullable String publicHost,
      String userAgent,
      Duration nonceLifetime,
      int maxMessageBytes,
      ScannerLimits scanners) {
    this(
        listens,
        realm,
        publicHost,
        userAgent,
        nonceLifetime,
        maxMessageBytes,
        scanners,
        Connections.USUAL,
        TlsServer.none());
  }

  /**
   * How TCP and TLS connections are kept.
   *
   * @param most how many that others opened there may be; one more is closed at once
   * @param idle how long nothing may be said on one
   * @param keepAlive how often to ping on those that we opened (RFC 5626 section 4.4.1)
   */
  public record Connections(int most, Duration idle, Duration keepAlive) {
    /** Two thousand, two hours, a hundred seconds. */
    public static final Connections USUAL =
        new Connections(2000, Duration.ofHours(2), Duration.ofSeconds(100));
  }

  /** One socket to listen on. */
  public record Listen(SipTransport transport, InetSocketAddress address) {}
}
