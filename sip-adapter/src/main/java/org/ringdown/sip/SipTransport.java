package org.ringdown.sip;

/** What carries SIP messages (RFC 3261 section 18). */
public enum SipTransport {
  UDP,
  TCP
}
