package org.ringdown.gateway.media.leg;

/** What kind of SDP a leg speaks. */
public enum Dialect {
  /** RTP/AVP, as phones and PBXs speak it. */
  PLAIN,
  /** UDP/TLS/RTP/SAVPF with ICE, BUNDLE and rtcp-mux, as browsers speak it (RFC 8829). */
  WEBRTC
}
