package org.ringdown.gateway;

import com.google.common.collect.ImmutableMap;
import java.util.HexFormat;
import org.ringdown.gateway.media.MediaEngine;
import org.ringdown.gateway.media.MediaSession;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.leg.MediaListener;
import org.ringdown.gateway.media.leg.PathState;

/**
 * Plays calls between a made-up phone and a made-up browser before real ones come, so that the
 * first caller does not wait for classes to load.
 */
final class Rehearsal {
  private static final int ROUNDS = 20;
  private static final LegRef PHONE = new LegRef("phone", Dialect.PLAIN);
  private static final LegRef BROWSER = new LegRef("browser", Dialect.WEBRTC);
  private static final String PHONE_SDP =
      """
      v=0
      o=- 1 1 IN IP4 127.0.0.1
      s=-
      c=IN IP4 127.0.0.1
      t=0 0
      m=audio 9 RTP/AVP 0 8 101
      a=rtpmap:0 PCMU/8000
      a=rtpmap:8 PCMA/8000
      a=rtpmap:101 telephone-event/8000
      a=fmtp:101 0-15
      """;
  private static final String BROWSER_SDP =
      """
      v=0
      o=- 1 1 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=group:BUNDLE 0
      m=audio 9 UDP/TLS/RTP/SAVPF 0 8 126
      c=IN IP4 0.0.0.0
      a=ice-ufrag:abcd
      a=ice-pwd:abcdefghijklmnopqrstuvwx
      a=fingerprint:sha-256 %s
      a=setup:%s
      a=mid:0
      a=sendrecv
      a=rtcp-mux
      a=rtpmap:0 PCMU/8000
      a=rtpmap:8 PCMA/8000
      a=rtpmap:126 telephone-event/8000
      """;

  private final MediaEngine media;

  Rehearsal(MediaEngine media) {
    this.media = media;
  }

  /**
   * Plays a few calls each way.
   *
   * @throws IllegalStateException if that fails: then no call could ever succeed
   */
  void run() {
    try {
      for (int i = 0; i < ROUNDS; i++) {
        call(PHONE, PHONE_SDP, BROWSER, browser("active"));
        call(BROWSER, browser("actpass"), PHONE, PHONE_SDP);
      }
    } catch (MediaException e) {
      throw new IllegalStateException("the media engine cannot set up a call", e);
    }
  }

  private void call(LegRef caller, String offer, LegRef called, String answer)
      throws MediaException {
    try (MediaSession session = media.open(new Unheard())) {
      session.offer(caller, offer, called);
      session.answer(called, answer);
    }
  }

  private static String browser(String setup) {
    String fingerprint = HexFormat.ofDelimiter(":").withUpperCase().formatHex(new byte[32]);
    return BROWSER_SDP.formatted(fingerprint, setup);
  }

  /** Nobody listens to a rehearsal. */
  private static final class Unheard implements MediaListener {
    @Override
    public void onMedia(LegRef leg, PathState state, ImmutableMap<String, Object> evidence) {}

    @Override
    public void onDigit(LegRef leg, char digit, int durationMs) {}
  }
}
