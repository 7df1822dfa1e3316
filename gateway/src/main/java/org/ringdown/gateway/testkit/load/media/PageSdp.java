package org.ringdown.gateway.testkit.load.media;

import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;

/**
 * A page's session description.
 *
 * @param local its one candidate
 * @param ssrc what its packets have; some gateways take no others
 */
record PageSdp(
    String ufrag, String password, String fingerprint, InetSocketAddress local, int ssrc) {
  /** The usual one of a browser, with A-law alone. */
  String text(String mid, String setup) {
    String address = InetAddresses.toAddrString(local.getAddress());
    return """
    v=0
    o=- 4711 1 IN IP4 127.0.0.1
    s=-
    t=0 0
    a=group:BUNDLE %1$s
    a=msid-semantic: WMS load
    m=audio %2$d UDP/TLS/RTP/SAVPF 8 101
    c=IN %3$s %4$s
    a=mid:%1$s
    a=ice-ufrag:%5$s
    a=ice-pwd:%6$s
    a=fingerprint:%7$s
    a=setup:%8$s
    a=rtcp-mux
    a=sendrecv
    a=rtpmap:8 PCMA/8000
    a=rtpmap:101 telephone-event/8000
    a=ssrc:%9$d cname:load
    a=candidate:1 1 udp 2122260223 %4$s %2$d typ host
    a=end-of-candidates
    """
        .formatted(
            mid,
            local.getPort(),
            address.indexOf(':') < 0 ? "IP4" : "IP6",
            address,
            ufrag,
            password,
            fingerprint,
            setup,
            Integer.toUnsignedLong(ssrc))
        .replace("\n", "\r\n");
  }
}
