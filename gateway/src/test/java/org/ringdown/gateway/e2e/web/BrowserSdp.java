package org.ringdown.gateway.e2e.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Session descriptions as a browser writes them, for a peer without media: the transport they
 * promise is never there.
 */
final class BrowserSdp {
  private static final Pattern MID = Pattern.compile("a=mid:(\\S+)");
  private static final String FINGERPRINT =
      "sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:"
          + "DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08";

  private BrowserSdp() {}

  /** An offer of Opus, G.711 and telephone-events. */
  static String offer() {
    return sdp(
        "0",
        "actpass",
        "111 0 8 101",
        """
        a=rtpmap:111 opus/48000/2
        a=fmtp:111 minptime=10;useinbandfec=1
        a=rtpmap:0 PCMU/8000
        a=rtpmap:8 PCMA/8000
        a=rtpmap:101 telephone-event/8000
        """);
  }

  /** An answer to an offer that has PCMA among its codecs. */
  static String answer(String offer) {
    Matcher mid = MID.matcher(offer);
    if (!mid.find() || !offer.contains("a=rtpmap:8 PCMA/8000")) {
      throw new AssertionError("not an offer a browser could answer with PCMA:\n" + offer);
    }
    return sdp(mid.group(1), "active", "8", "a=rtpmap:8 PCMA/8000\n");
  }

  private static String sdp(String mid, String setup, String payloadTypes, String codecs) {
    return """
        v=0
        o=- 4611731400430051336 2 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE %1$s
        a=msid-semantic: WMS
        m=audio 9 UDP/TLS/RTP/SAVPF %3$s
        c=IN IP4 0.0.0.0
        a=rtcp:9 IN IP4 0.0.0.0
        a=ice-ufrag:Qm7w
        a=ice-pwd:r4rjR0w1u1dGvm0vGkq3nX2y
        a=ice-options:trickle
        a=fingerprint:%4$s
        a=setup:%2$s
        a=mid:%1$s
        a=sendrecv
        a=rtcp-mux
        %5$sa=ssrc:1001 cname:e2e
        """
        .formatted(mid, setup, payloadTypes, FINGERPRINT, codecs)
        .replace("\n", "\r\n");
  }
}
