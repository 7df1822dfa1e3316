package org.ringdown.sip.leg;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import org.ringdown.sip.challenge.Authentication;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.transport.SipTransport;

/**
 * A request that begins something: who sends it to whom, from where, and what was proved.
 * Immutable, safe from any thread.
 */
public interface Arrival {
  /** The Request-URI as text. */
  String requestUri();

  /** The user part of the Request-URI, unescaped, empty if it has none. */
  String requestUser();

  /** The sender as it calls itself. */
  NameAddress from();

  /** The receiver as the sender wrote it. */
  NameAddress to();

  /** Where the request came from. */
  InetSocketAddress source();

  /** What carried it. */
  SipTransport transport();

  /** What its credentials proved. */
  Authentication authentication();

  /** All header fields by lower-case name, values in order. */
  ImmutableListMultimap<String, String> headers();

  /**
   * How many more hops it may take (Max-Forwards, RFC 3261 section 20.22); the usual {@value
   * Dial#MOST_HOPS} where it does not say.
   */
  default int hopsLeft() {
    return headers().get("max-forwards").stream()
        .filter(value -> value.matches("[0-9]{1,3}"))
        .mapToInt(Integer::parseInt)
        .map(hops -> Math.min(hops, Dial.MOST_HOPS))
        .findFirst()
        .orElse(Dial.MOST_HOPS);
  }

  /**
   * The chain that the sender has proved by TLS, its own certificate first; not judged; empty for
   * none.
   */
  ImmutableList<X509Certificate> certificates();
}
