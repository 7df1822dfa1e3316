package org.ringdown.gateway.sdp.policy;

import com.google.common.collect.ImmutableList;

/** A codec that can be relayed to a phone or a trunk. */
public enum RelayedCodec {
  /** RFC 7587. */
  OPUS("opus", "opus/48000/2"),
  /** Wideband; its RTP clock is 8 kHz all the same (RFC 3551). */
  G722("G722", "G722/8000"),
  /** G.711 mu-law. */
  PCMU("PCMU", "PCMU/8000"),
  /** G.711 A-law. */
  PCMA("PCMA", "PCMA/8000"),
  /** Digits, at the clocks of the other codecs (RFC 4733). */
  TELEPHONE_EVENT("telephone-event", "telephone-event/8000", "telephone-event/48000"),
  /** Video, RFC 7741. */
  VP8("VP8", "VP8/90000"),
  /** Video, RFC 6184. */
  H264("H264", "H264/90000");

  private final String label;
  private final ImmutableList<String> encodings;

  RelayedCodec(String label, String... encodings) {
    this.label = label;
    this.encodings = ImmutableList.copyOf(encodings);
  }

  /** Its encoding name as SDP writes it. */
  public String label() {
    return label;
  }

  /** Whether an {@code rtpmap} such as {@code PCMA/8000} means it, in any case. */
  public boolean isEncoding(String encoding) {
    return encodings.stream().anyMatch(encoding::equalsIgnoreCase);
  }

  /** Whether it carries sound. */
  public boolean isSound() {
    return this != TELEPHONE_EVENT && this != VP8 && this != H264;
  }
}
