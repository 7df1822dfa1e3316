package org.ringdown.sip;

import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.guard.ScannerLimits;

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
 */
public record SipConfig(
    ImmutableList<Listen> listens,
    String realm,
    @Nullable String publicHost,
    String userAgent,
    Duration nonceLifetime,
    int maxMessageBytes,
    ScannerLimits scanners) {
  /** One socket to listen on. */
  public record Listen(SipTransport transport, InetSocketAddress address) {}
}
