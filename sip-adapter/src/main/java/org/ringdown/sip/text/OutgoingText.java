package org.ringdown.sip.text;

import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.challenge.SipCredentials;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.Way;

/**
 * A text to send (RFC 3428). Immutable, safe from any thread.
 *
 * @param requestUri the Request-URI, such as a registered contact
 * @param to where to send it
 * @param from who writes
 * @param callee to whom
 * @param text what, in any language and any number of lines
 * @param terms what the server it goes to wants besides
 */
public record OutgoingText(
    String requestUri,
    Destination to,
    NameAddress from,
    NameAddress callee,
    String text,
    Terms terms) {

  /**
   * What a server wants besides.
   *
   * @param headers further header fields
   * @param credentials what to answer its challenges with; null for none
   * @param way the way there, and how long to wait
   */
  public record Terms(
      ImmutableMap<String, String> headers, @Nullable SipCredentials credentials, Way way) {
    /** Nothing, as phones do that have registered. */
    public static final Terms OF_PHONE = new Terms(ImmutableMap.of(), null, Way.TO_PHONE);
  }
}
