package org.ringdown.gateway.sdp.policy;

/** Whether media towards a phone or a trunk are encrypted with keys from the SDP (RFC 4568). */
public enum SrtpPolicy {
  /** Never: no key is offered, and an offer of RTP/SAVP is refused. */
  OFF,
  /** Where the other side can: keys are offered beside RTP/AVP, and answered where offered. */
  OPTIONAL,
  /** Always: RTP/SAVP is offered, and an offer without a key is refused. */
  REQUIRED
}
