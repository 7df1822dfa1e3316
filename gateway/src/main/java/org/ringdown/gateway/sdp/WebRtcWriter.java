package org.ringdown.gateway.sdp;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ringdown.gateway.sdp.WebRtcSdp.Section;
import org.ringdown.gateway.sdp.WebRtcSdp.Transport;
import org.ringdown.gateway.sdp.line.Addresses;
import org.ringdown.gateway.sdp.stream.MediaStream;

/** Writes a description to a browser. */
final class WebRtcWriter {
  private static final String NOWHERE = "c=IN IP4 0.0.0.0";

  /** So that {@code ontrack} has a stream (RFC 8830); the same in every call. */
  private static final String MEDIA_STREAM_ID = "ringdown";

  private final WebRtcSdp sdp;
  private final Transport transport;
  private boolean transportWritten;
  private final SdpText text = new SdpText();

  private WebRtcWriter(WebRtcSdp sdp) {
    this.sdp = sdp;
    this.transport = sdp.transport();
  }

  static String write(WebRtcSdp sdp, long sessionId, long version) {
    WebRtcWriter writer = new WebRtcWriter(sdp);
    writer.session(sessionId, version);
    sdp.sections().forEach(writer::section);
    return writer.text.toString();
  }

  private void session(long sessionId, long version) {
    InetAddress host =
        Optional.ofNullable(transport.address())
            .map(InetSocketAddress::getAddress)
            .orElse(InetAddresses.forString("0.0.0.0"));
    text.origin(sessionId, version, host).line("t=0 0");
    if (transport.iceLite()) {
      text.line("a=ice-lite");
    }
    text.attribute("ice-options", "ice2 trickle");
    // Not in the section that carries the transport: Firefox 153 dies of an offer in which a
    // bundle-only section has no fingerprint above it.
    transport.fingerprints().forEach(value -> text.attribute("fingerprint", value));
    if (sdp.bundle()) {
      text.attribute("group", "BUNDLE" + acceptedMids());
    }
    text.attribute("msid-semantic", "WMS *");
  }

  private String acceptedMids() {
    return sdp.sections().stream()
        .filter(section -> !section.stream().refused())
        .map(section -> section.stream().mid())
        .filter(Objects::nonNull)
        .map(mid -> " " + mid)
        .collect(Collectors.joining());
  }

  private void section(Section section) {
    MediaStream stream = section.stream();
    text.line(section.line().toString());
    text.line(stream.refused() ? NOWHERE : connection());
    Optional.ofNullable(stream.mid()).ifPresent(mid -> text.attribute("mid", mid));
    text.line("a=" + stream.direction().attribute());
    if (stream.refused()) {
      return;
    }
    if (stream.direction().sends()) {
      text.attribute("msid", MEDIA_STREAM_ID + " " + trackId(section));
    }
    text.line("a=rtcp-mux");
    if (section.line().port() == 0) {
      text.line("a=bundle-only");
    }
    if (!transportWritten) {
      transport();
    }
    text.codecs(stream);
  }

  private String trackId(Section section) {
    return section.line().media() + sdp.sections().indexOf(section);
  }

  private String connection() {
    InetSocketAddress address = transport.address();
    return address == null ? NOWHERE : "c=" + Addresses.connection(address.getAddress());
  }

  /** Once, in the first section in use: the others share it (RFC 9143 section 7.1.3). */
  private void transport() {
    text.attribute("ice-ufrag", transport.ufrag()).attribute("ice-pwd", transport.password());
    text.attribute("setup", transport.setup().attribute());
    transport.candidates().forEach(value -> text.attribute("candidate", value));
    text.line("a=end-of-candidates");
    transportWritten = true;
  }
}
