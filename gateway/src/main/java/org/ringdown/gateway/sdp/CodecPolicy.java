package org.ringdown.gateway.sdp;

import com.google.common.collect.ImmutableList;

/** Which codecs the gateway relays. */
final class CodecPolicy {
  private CodecPolicy() {}

  /** All audio codecs the gateway relays, in the order it likes them. */
  static ImmutableList<Codec> audioCodecs() {
    return ImmutableList.of(
        new Codec(111, "opus", 48000, 2, "minptime=10;useinbandfec=1", ImmutableList.of()),
        Codec.of(9, "G722", 8000),
        Codec.of(0, "PCMU", 8000),
        Codec.of(8, "PCMA", 8000),
        Codec.of(110, "telephone-event", 48000).withFmtp("0-16"),
        Codec.of(126, "telephone-event", 8000).withFmtp("0-16"));
  }
}
