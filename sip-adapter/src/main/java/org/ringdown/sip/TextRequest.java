package org.ringdown.sip;

import java.net.InetSocketAddress;

/**
 * A MESSAGE of a phone (RFC 3428), to be answered by exactly one of {@link #challenge}, {@link
 * #accept} and {@link #refuse}. Safe from any thread.
 */
public interface TextRequest {
  /** The Request-URI: to whom it goes. */
  String requestUri();

  /** What the credentials proved. */
  Authentication authentication();

  /** Where it came from. */
  InetSocketAddress source();

  /** What is written: plain text, any number of lines. */
  String text();

  /** 401 with fresh digest challenges; {@code stale=true} where the authentication is stale. */
  void challenge();

  /** 200: it has been delivered. */
  void accept();

  /** It has not. */
  void refuse(SipStatus status);
}
