package org.ringdown.sip;

import com.google.common.collect.ImmutableMap;
import java.net.InetSocketAddress;

/**
 * An INVITE to send (RFC 3261 section 13.2).
 *
 * @param requestUri the Request-URI, normally a registered contact
 * @param hop the address to send to, resolved
 * @param transport what to send it with
 * @param from the caller to show
 * @param to the callee
 * @param sdp the offer
 * @param headers additional header fields
 */
public record Dial(
    String requestUri,
    InetSocketAddress hop,
    SipTransport transport,
    NameAddress from,
    NameAddress to,
    String sdp,
    ImmutableMap<String, String> headers) {}
