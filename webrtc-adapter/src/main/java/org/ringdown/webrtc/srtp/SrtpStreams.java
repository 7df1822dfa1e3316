package org.ringdown.webrtc.srtp;

import java.nio.ByteBuffer;

/** The RTP streams of one direction (RFC 3711 section 3.3). Safe from any thread. */
final class SrtpStreams {
  private static final int HALF = 1 << 15;

  private final PacketCipher cipher;
  private final Streams streams = new Streams();
  private final Frame frame = new Frame();

  SrtpStreams(PacketCipher cipher) {
    this.cipher = cipher;
  }

  /**
   * An index is never used twice: the same keystream over two packets would give both away. A
   * source that sends a sequence number again, or goes back, is refused.
   */
  synchronized SrtpResult protect(ByteBuffer packet) {
    if (!frame.rtp(packet)) {
      return SrtpResult.MALFORMED;
    }
    ReplayWindow known = streams.find(frame.ssrc);
    ReplayWindow window = known == null ? new ReplayWindow() : known;
    SrtpResult admitted = admit(window, known != null);
    if (admitted == SrtpResult.OK) {
      cipher.protect(frame);
      use(window, known == null);
      frame.limit(packet);
    }
    return admitted;
  }

  synchronized SrtpResult unprotect(ByteBuffer packet) {
    if (!frame.rtp(packet) || frame.end - frame.payload < cipher.overheadBytes()) {
      return SrtpResult.MALFORMED;
    }
    ReplayWindow known = streams.find(frame.ssrc);
    ReplayWindow window = known == null ? new ReplayWindow() : known;
    SrtpResult admitted = admit(window, known != null);
    if (admitted != SrtpResult.OK) {
      return admitted;
    }
    if (!cipher.unprotect(frame)) {
      return SrtpResult.NOT_AUTHENTIC;
    }
    use(window, known == null);
    frame.limit(packet);
    return SrtpResult.OK;
  }

  private SrtpResult admit(ReplayWindow window, boolean known) {
    if (!known && streams.full()) {
      return SrtpResult.TOO_MANY_STREAMS;
    }
    frame.index = index(frame.sequenceNumber(), window.highest());
    return window.isFresh(frame.index) ? SrtpResult.OK : SrtpResult.REPLAYED;
  }

  /** Only a packet that has proved itself may leave a trace. */
  private void use(ReplayWindow window, boolean first) {
    window.use(frame.index);
    if (first) {
      streams.keep(frame.ssrc, window);
    }
  }

  /**
   * The 48-bit index of a sequence number: the one nearest to the highest seen (RFC 3711 section
   * 3.3.1). Negative for one from before the first.
   */
  static long index(int sequenceNumber, long highest) {
    if (highest < 0) {
      return sequenceNumber;
    }
    long candidate = (highest & ~0xFFFFL) | sequenceNumber;
    if (candidate - highest > HALF) {
      return candidate - (1 << 16);
    }
    if (highest - candidate > HALF) {
      return candidate + (1 << 16);
    }
    return candidate;
  }
}
