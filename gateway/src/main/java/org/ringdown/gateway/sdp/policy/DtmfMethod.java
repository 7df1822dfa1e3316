package org.ringdown.gateway.sdp.policy;

/** How digits go to a phone or a trunk. */
public enum DtmfMethod {
  /** As RTP events (RFC 4733), or not at all. */
  RFC4733,
  /** As SIP INFO; RTP events are neither offered nor accepted. */
  INFO,
  /** As RTP events where both sides have agreed on them, else as INFO. */
  AUTO;

  /** Whether RTP events are offered and accepted. */
  public boolean hasEvents() {
    return this != INFO;
  }

  /** Whether INFO is sent, and taken as a digit: beside RTP events it would count twice. */
  public boolean hasInfo() {
    return this != RFC4733;
  }
}
