package org.ringdown.sip.leg;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.challenge.Authentication;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.transport.SipTransport;

/**
 * The facts of an INVITE that begins a dialog (RFC 3261 section 13.3). Immutable, safe from any
 * thread.
 *
 * @param callId the Call-ID header
 * @param requestUri the Request-URI as text
 * @param requestUser the user part of the Request-URI, unescaped, empty if it has none
 * @param from the caller as it calls itself
 * @param to the callee as the caller wrote it
 * @param source where the request came from
 * @param transport what carried it
 * @param authentication what its credentials proved
 * @param sdp the offer, null if the INVITE has none (a late offer, RFC 3261 section 13.2.1)
 * @param headers all header fields by lower-case name, values in order
 * @param certificates the chain that the sender has proved by TLS, its own certificate first; not
 *     judged; empty for none
 * @param replacing which dialog it is to take the place of
 */
public record Invite(
    String callId,
    String requestUri,
    String requestUser,
    NameAddress from,
    NameAddress to,
    InetSocketAddress source,
    SipTransport transport,
    Authentication authentication,
    @Nullable String sdp,
    ImmutableListMultimap<String, String> headers,
    ImmutableList<X509Certificate> certificates,
    Replacing replacing)
    implements Arrival {
  /** An INVITE whose sender has proved nothing by TLS. */
  public Invite(
      String callId,
      String requestUri,
      String requestUser,
      NameAddress from,
      NameAddress to,
      InetSocketAddress source,
      SipTransport transport,
      Authentication authentication,
      @Nullable String sdp,
      ImmutableListMultimap<String, String> headers) {
    this(
        callId,
        requestUri,
        requestUser,
        from,
        to,
        source,
        transport,
        authentication,
        sdp,
        headers,
        ImmutableList.of(),
        new Replacing.Nothing());
  }
}
