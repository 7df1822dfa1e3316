package org.ringdown.webrtc.srtp;

import java.nio.ByteBuffer;

/** The RTCP streams of one direction (RFC 3711 section 3.4). Safe from any thread. */
final class SrtcpStreams {
  private static final int INDEX_MASK = 0x7FFF_FFFF;

  private final PacketCipher cipher;
  private final Streams streams = new Streams();
  private final Frame frame = new Frame();
  private long nextIndex;

  SrtcpStreams(PacketCipher cipher) {
    this.cipher = cipher;
  }

  synchronized SrtpResult protect(ByteBuffer packet) {
    if (!frame.rtcp(packet)) {
      return SrtpResult.MALFORMED;
    }
    // One count for all SSRCs: each sees it rise, which is all that is asked for.
    frame.index = nextIndex++ & INDEX_MASK;
    cipher.protect(frame);
    frame.limit(packet);
    return SrtpResult.OK;
  }

  synchronized SrtpResult unprotect(ByteBuffer packet) {
    if (!frame.rtcp(packet) || frame.end - frame.payload < cipher.overheadBytes()) {
      return SrtpResult.MALFORMED;
    }
    int word = frame.word(frame.end - cipher.bytesBehindIndex() - 4);
    if (word >= 0) {
      // Not encrypted; none of the DTLS-SRTP profiles leaves it so (RFC 5764 section 4.1.2).
      return SrtpResult.MALFORMED;
    }
    frame.index = word & INDEX_MASK;
    return unprotectFresh(packet);
  }

  private SrtpResult unprotectFresh(ByteBuffer packet) {
    ReplayWindow known = streams.find(frame.ssrc);
    if (known == null && streams.full()) {
      return SrtpResult.TOO_MANY_STREAMS;
    }
    ReplayWindow window = known == null ? new ReplayWindow() : known;
    if (!window.isFresh(frame.index)) {
      return SrtpResult.REPLAYED;
    }
    if (!cipher.unprotect(frame)) {
      return SrtpResult.NOT_AUTHENTIC;
    }
    window.use(frame.index);
    if (known == null) {
      streams.keep(frame.ssrc, window);
    }
    frame.limit(packet);
    return SrtpResult.OK;
  }
}
