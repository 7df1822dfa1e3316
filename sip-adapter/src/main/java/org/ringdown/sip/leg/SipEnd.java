package org.ringdown.sip.leg;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import org.ringdown.sip.message.SipStatus;

/**
 * How a {@link SipLeg} came to its end.
 *
 * @param kind what happened on the wire
 * @param status the final response for {@link Kind#REFUSED}; otherwise the nearest status, with the
 *     Q.850 cause and text of the peer's Reason header (RFC 3326) where it sent one
 * @param redirects where a 3xx says the callee is: the URIs of its Contacts in their order, not
 *     followed here (RFC 3261 section 8.1.3.4); empty otherwise
 * @param retryAfter how long the refusing server wants to be left alone (RFC 3261 section 20.33),
 *     an hour at most; zero if it does not say
 */
public record SipEnd(
    Kind kind, SipStatus status, ImmutableList<String> redirects, Duration retryAfter) {
  /** An end that leads nowhere else. */
  public SipEnd(Kind kind, SipStatus status) {
    this(kind, status, ImmutableList.of(), Duration.ZERO);
  }

  /** What ended the leg. */
  public enum Kind {
    /** The caller sent CANCEL before we answered (RFC 3261 section 9.2). */
    CANCELLED,
    /** The peer sent BYE (RFC 3261 section 15.1.2). */
    BYE,
    /** Our INVITE got a final response of 300 or more (RFC 3261 section 13.2.2.3). */
    REFUSED,
    /** No final response, or no ACK to our 2xx, in time (RFC 3261 sections 13.3.1.4, 17.1.1.2). */
    TIMEOUT,
    /**
     * The ACK of a 2xx that carried our offer had no answer (RFC 3261 section 13.2.1); the peer
     * gets BYE.
     */
    OFFER_UNANSWERED,
    /** The message could not be sent. */
    UNREACHABLE
  }
}
