package org.ringdown.sip.register;

import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.challenge.Authentication;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transport.SipTransport;

/**
 * A REGISTER to be answered (RFC 3261 section 10.3) by exactly one of {@link #challenge}, {@link
 * #accept} and {@link #refuse}. Safe from any thread.
 */
public interface RegisterRequest {
  /** The user part of the To URI: whose bindings are meant. */
  String user();

  /** The whole To URI. */
  String addressOfRecord();

  /** What the credentials proved. */
  Authentication authentication();

  /** Where the request came from; the way back to a phone behind a NAT. */
  InetSocketAddress source();

  /** What carried it. */
  SipTransport transport();

  /** Call-ID, which with {@link #cseq} orders the updates of one phone. */
  String callId();

  /** CSeq number. */
  long cseq();

  /** The User-Agent header, empty if none. */
  String userAgent();

  /** True for {@code Contact: *} with {@code Expires: 0}: remove all bindings. */
  boolean removesAll();

  /** The contacts to add, refresh or remove; empty asks only for the present bindings. */
  ImmutableList<Contact> contacts();

  /** 401 with fresh digest challenges; {@code stale=true} where the authentication is stale. */
  void challenge();

  /** 200 with the bindings that now hold. */
  void accept(ImmutableList<Contact> bindings);

  /** A refusal; {@code minExpires} is the Min-Expires header of a 423, else null. */
  void refuse(SipStatus status, @Nullable Duration minExpires);

  /**
   * One Contact of a registration.
   *
   * @param uri the contact URI, parameters included
   * @param expires how long it is to hold: asked for in a request, null if the request leaves it to
   *     us; what is left in a response; zero removes it
   * @param q preference from 0 to 1 (RFC 3261 section 20.10)
   * @param instance the parameters by which the phone is known again when its URI is another one
   *     (RFC 5626 section 4.1), such as {@code +sip.instance="<urn:uuid:1>";reg-id=1}; empty for
   *     none
   */
  record Contact(String uri, @Nullable Duration expires, float q, String instance) {
    /** One of a phone that is known by its URI alone. */
    public Contact(String uri, @Nullable Duration expires, float q) {
      this(uri, expires, q, "");
    }
  }
}
