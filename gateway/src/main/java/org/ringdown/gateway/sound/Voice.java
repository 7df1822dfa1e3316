package org.ringdown.gateway.sound;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ringdown.gateway.media.rtp.G711;

/** The codecs that scripts name. Sound is made and heard in G.711 only; the others are for SDP. */
public enum Voice {
  /** G.711 mu-law. */
  PCMU(0, "PCMU/8000"),
  /** G.711 A-law. */
  PCMA(8, "PCMA/8000"),
  /** G.722, which SDP says has 8 kHz (RFC 3551 section 4.5.2). */
  G722(9, "G722/8000"),
  /** G.729. */
  G729(18, "G729/8000"),
  /** Opus. */
  OPUS(111, "opus/48000/2");

  /** What is offered unless a script says otherwise. */
  public static final ImmutableList<Voice> USUAL = ImmutableList.of(PCMA, PCMU);

  private final int payloadType;
  private final String encoding;

  Voice(int payloadType, String encoding) {
    this.payloadType = payloadType;
    this.encoding = encoding;
  }

  /** Those of a list such as {@code PCMA,PCMU}. */
  public static ImmutableList<Voice> list(String names) {
    return Arrays.stream(names.split(","))
        .map(name -> valueOf(name.toUpperCase(Locale.ROOT)))
        .collect(ImmutableList.toImmutableList());
  }

  /** The first of these with this name in an {@code a=rtpmap}. */
  public static Optional<Voice> named(String name, List<Voice> among) {
    return among.stream().filter(voice -> voice.encodingName().equalsIgnoreCase(name)).findFirst();
  }

  /** All that have a name here. */
  public static ImmutableList<Voice> all() {
    return ImmutableList.copyOf(values());
  }

  /** The payload type it is offered with. */
  public int payloadType() {
    return payloadType;
  }

  /** What stands in {@code a=rtpmap} behind the payload type. */
  public String encoding() {
    return encoding;
  }

  private String encodingName() {
    return encoding.substring(0, encoding.indexOf('/'));
  }

  /** Whether sound can be made and heard in it. */
  public boolean sounds() {
    return this == PCMU || this == PCMA;
  }

  byte encode(int sample) {
    return this == PCMU ? G711.muLaw(sample) : G711.aLaw(sample);
  }

  /** The samples of a packet whose payload begins there. */
  short[] decode(ByteBuffer packet, int payload) {
    short[] samples = new short[packet.remaining() - payload];
    for (int i = 0; i < samples.length; i++) {
      byte code = packet.get(packet.position() + payload + i);
      samples[i] = (short) (this == PCMU ? G711.ofMuLaw(code) : G711.ofALaw(code));
    }
    return samples;
  }
}
