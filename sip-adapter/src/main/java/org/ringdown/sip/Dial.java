package org.ringdown.sip;

import com.google.common.collect.ImmutableMap;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.tls.TlsPeer;

/**
 * An INVITE to send (RFC 3261 section 13.2).
 *
 * @param requestUri the Request-URI, normally a registered contact
 * @param hop the address to send to; one that is not resolved fails as unreachable
 * @param transport what to send it with
 * @param from the caller to show
 * @param to the callee
 * @param sdp the offer
 * @param headers additional header fields
 * @param credentials what to answer a 401 or 407 with; null: such a response is a refusal
 * @param tls who must be there, as in {@link Destination}
 * @param policy which extensions the call uses
 */
public record Dial(
    String requestUri,
    InetSocketAddress hop,
    SipTransport transport,
    NameAddress from,
    NameAddress to,
    String sdp,
    ImmutableMap<String, String> headers,
    @Nullable SipCredentials credentials,
    @Nullable TlsPeer tls,
    DialogPolicy policy) {

  /** An INVITE to somebody who asks for no credentials. */
  public Dial(
      String requestUri,
      InetSocketAddress hop,
      SipTransport transport,
      NameAddress from,
      NameAddress to,
      String sdp,
      ImmutableMap<String, String> headers) {
    this(requestUri, hop, transport, from, to, sdp, headers, null, null, DialogPolicy.USUAL);
  }

  /** The same with something to answer a challenge with. */
  public Dial with(SipCredentials answer) {
    return new Dial(requestUri, hop, transport, from, to, sdp, headers, answer, tls, policy);
  }

  /** The same to somebody who must prove to be this peer. */
  public Dial to(@Nullable TlsPeer peer) {
    return new Dial(requestUri, hop, transport, from, to, sdp, headers, credentials, peer, policy);
  }

  /** The same with other extensions. */
  public Dial with(DialogPolicy other) {
    return new Dial(requestUri, hop, transport, from, to, sdp, headers, credentials, tls, other);
  }

  Destination destination() {
    return new Destination(hop, transport, tls);
  }
}
