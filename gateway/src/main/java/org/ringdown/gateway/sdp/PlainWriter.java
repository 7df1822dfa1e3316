package org.ringdown.gateway.sdp;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.ringdown.gateway.sdp.line.Addresses;

/** Writes a description to a phone. */
final class PlainWriter {
  private static final InetAddress NOWHERE = InetAddresses.forString("0.0.0.0");

  private PlainWriter() {}

  static String write(PlainSdp sdp, long sessionId, long version) {
    InetAddress host = host(sdp);
    SdpText text =
        new SdpText()
            .origin(sessionId, version, host)
            .line("c=" + Addresses.connection(host))
            .line("t=0 0");
    sdp.sections().forEach(section -> write(text, section, host));
    return text.toString();
  }

  /** One {@code c=} for the session: the first section's address. */
  private static InetAddress host(PlainSdp sdp) {
    return sdp.sections().stream()
        .map(PlainSdp.Section::rtp)
        .filter(Objects::nonNull)
        .map(InetSocketAddress::getAddress)
        .findFirst()
        .orElse(NOWHERE);
  }

  private static void write(SdpText text, PlainSdp.Section section, InetAddress sessionHost) {
    text.line(section.line().toString());
    InetSocketAddress rtp = section.rtp();
    if (section.stream().refused() || rtp == null) {
      return;
    }
    if (!rtp.getAddress().equals(sessionHost)) {
      text.line("c=" + Addresses.connection(rtp.getAddress()));
    }
    section.keys().forEach(key -> text.attribute("crypto", key.value()));
    text.codecs(section.stream()).line("a=" + section.stream().direction().attribute());
  }
}
