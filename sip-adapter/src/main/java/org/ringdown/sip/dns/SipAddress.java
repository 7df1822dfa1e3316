package org.ringdown.sip.dns;

import org.jspecify.annotations.Nullable;

/**
 * What of a SIP URI says where it leads (RFC 3263 section 4).
 *
 * @param host a name or an IP address, an IPv6 address with or without brackets
 * @param port the port it names, 0 for none
 * @param transport the transport it names, null for none
 * @param secure whether it is a SIPS URI, which leads to TLS only
 */
public record SipAddress(String host, int port, @Nullable Service transport, boolean secure) {
  @Override
  public String toString() {
    return host + (port == 0 ? "" : ":" + port);
  }
}
