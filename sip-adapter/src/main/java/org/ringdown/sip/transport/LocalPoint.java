package org.ringdown.sip.transport;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.sip.ListeningPoint;
import javax.sip.SipProvider;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.message.Uris;

/**
 * One socket we listen on.
 *
 * @param provider JAIN-SIP's provider, which may hold this socket and its twin of the other
 *     transport
 * @param point JAIN-SIP's listening point
 * @param address the address listened on
 * @param transport what is listened for
 * @param publicHost the host peers must use instead of the address, or null
 */
public record LocalPoint(
    SipProvider provider,
    ListeningPoint point,
    InetSocketAddress address,
    SipTransport transport,
    @Nullable String publicHost) {

  /** Host and port as peers must use them, an IPv6 address in brackets. */
  String hostPort() {
    return host() + ":" + address.getPort();
  }

  /** The host as peers must use it, an IPv6 address in brackets. */
  String host() {
    return publicHost == null ? uriHost(address.getAddress()) : publicHost;
  }

  /** A Contact URI that leads here, with the transport where it is not the default. */
  public String contactUri(String user) {
    return contactUri(user, false);
  }

  /** The same, as a sips URI if that is wanted of a socket for TLS. */
  public String contactUri(String user, boolean isSecure) {
    String at = user.isEmpty() ? "" : Uris.escapeUser(user) + "@";
    return isSecure && transport == SipTransport.TLS
        ? "sips:" + at + hostPort()
        : "sip:" + at + hostPort() + transport.uriParameter();
  }

  private static String uriHost(InetAddress address) {
    return InetAddresses.toUriString(address);
  }
}
