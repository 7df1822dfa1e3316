package org.ringdown.sip.leg;

import com.google.common.collect.ImmutableMap;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.challenge.SipCredentials;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.SipTransport;
import org.ringdown.sip.transport.Way;

/**
 * An INVITE to send (RFC 3261 section 13.2).
 *
 * @param requestUri the Request-URI, normally a registered contact
 * @param destination where to send it; an address that is not resolved fails as unreachable
 * @param from the caller to show
 * @param to the callee
 * @param sdp the offer; null to ask for one (RFC 3261 section 13.2.1), which {@link
 *     SipLeg#answerOffer} answers
 * @param headers additional header fields
 * @param credentials what to answer a 401 or 407 with; null: such a response is a refusal
 * @param policy which extensions the call uses
 * @param attempt what is special where several servers are tried in turn
 * @param hops how many hops it may take (Max-Forwards): fewer than the call has had left where it
 *     comes from elsewhere, so that a circle of gateways has an end (RFC 7332)
 */
public record Dial(
    String requestUri,
    Destination destination,
    NameAddress from,
    NameAddress to,
    @Nullable String sdp,
    ImmutableMap<String, String> headers,
    @Nullable SipCredentials credentials,
    DialogPolicy policy,
    Attempt attempt,
    int hops) {
  /** What a call begins with (RFC 3261 section 8.1.1.6). */
  public static final int MOST_HOPS = SipMessages.MOST_HOPS;

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

    /** The only one, at a phone that has registered: the Request-URI is its Contact. */
    public static final Attempt AT_PHONE = new Attempt(null, Way.TO_PHONE);
  }

  /** An INVITE to somebody who asks for no credentials. */
  public Dial(
      String requestUri,
      InetSocketAddress hop,
      SipTransport transport,
      NameAddress from,
      NameAddress to,
      @Nullable String sdp,
      ImmutableMap<String, String> headers) {
    this(
        requestUri,
        new Destination(hop, transport),
        from,
        to,
        sdp,
        headers,
        null,
        DialogPolicy.USUAL,
        Attempt.ONLY,
        MOST_HOPS);
  }

  /** The same with something to answer a challenge with. */
  public Dial with(SipCredentials answer) {
    return changed(destination, answer, policy, attempt, hops);
  }

  /** The same, sent there. */
  public Dial by(Destination other) {
    return changed(other, credentials, policy, attempt, hops);
  }

  /** The same with other extensions. */
  public Dial with(DialogPolicy other) {
    return changed(destination, credentials, other, attempt, hops);
  }

  /** The same as one of several attempts. */
  public Dial as(Attempt one) {
    return changed(destination, credentials, policy, one, hops);
  }

  /** The same, for so many hops. */
  public Dial within(int most) {
    return changed(destination, credentials, policy, attempt, most);
  }

  private Dial changed(
      Destination where,
      @Nullable SipCredentials answer,
      DialogPolicy extensions,
      Attempt one,
      int most) {
    return new Dial(requestUri, where, from, to, sdp, headers, answer, extensions, one, most);
  }
}
