package org.ringdown.sip.text;

import org.ringdown.sip.leg.Arrival;
import org.ringdown.sip.message.SipStatus;

/**
 * A MESSAGE of a phone or a trunk (RFC 3428), to be answered by exactly one of {@link #challenge},
 * {@link #accept} and {@link #refuse}. Safe from any thread.
 */
public interface TextRequest {
  /** Who sends it to whom. */
  Arrival arrival();

  /** What is written: plain text, any number of lines. */
  String text();

  /** 401 with fresh digest challenges; {@code stale=true} where the authentication is stale. */
  void challenge();

  /** 200: it has been delivered. */
  void accept();

  /** It has not. */
  void refuse(SipStatus status);
}
