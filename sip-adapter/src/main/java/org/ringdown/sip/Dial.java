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
 * @param attempt what is special where several servers are tried in turn
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
    DialogPolicy policy,
    Attempt attempt) {

  /**
   * One of several attempts at one call (RFC 3263 section 4.3): each has the Call-ID of the call
   * and a From tag of its own, so that a late answer to an attempt that was given up cannot be
   * taken for one to the next.
   *
   * @param callId the Call-ID; null for a new one
   * @param way the way to the server; without a response in its time the leg ends with {@link
   *     SipEnd.Kind#TIMEOUT}
   */
  public record Attempt(@Nullable String callId, Way way) {
    /** The only attempt. */
    public static final Attempt ONLY = new Attempt(null, Way.USUAL);
  }

  /** An INVITE to somebody who asks for no credentials. */
  public Dial(
      String requestUri,
      InetSocketAddress hop,
      SipTransport transport,
      NameAddress from,
      NameAddress to,
      String sdp,
      ImmutableMap<String, String> headers) {
    this(
        requestUri,
        hop,
        transport,
        from,
        to,
        sdp,
        headers,
        null,
        null,
        DialogPolicy.USUAL,
        Attempt.ONLY);
  }

  /** The same with something to answer a challenge with. */
  public Dial with(SipCredentials answer) {
    return changed(answer, tls, policy, attempt);
  }

  /** The same to somebody who must prove to be this peer. */
  public Dial to(@Nullable TlsPeer peer) {
    return changed(credentials, peer, policy, attempt);
  }

  /** The same with other extensions. */
  public Dial with(DialogPolicy other) {
    return changed(credentials, tls, other, attempt);
  }

  /** The same as one of several attempts. */
  public Dial as(Attempt one) {
    return changed(credentials, tls, policy, one);
  }

  private Dial changed(
      @Nullable SipCredentials answer, @Nullable TlsPeer peer, DialogPolicy other, Attempt one) {
    return new Dial(requestUri, hop, transport, from, to, sdp, headers, answer, peer, other, one);
  }

  Destination destination() {
    return new Destination(hop, transport, tls);
  }
}
