package org.ringdown.gateway.sdp;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.line.Addresses;
import org.ringdown.gateway.sdp.line.MediaLine;
import org.ringdown.gateway.sdp.line.MediaSection;
import org.ringdown.gateway.sdp.line.Numbers;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.line.SessionDescription;
import org.ringdown.gateway.sdp.sdes.CryptoAttribute;
import org.ringdown.gateway.sdp.stream.Direction;
import org.ringdown.gateway.sdp.stream.MediaStream;

/** Reads one section of a phone's description. */
final class PlainReader {
  private static final int MAX_PORT = 65_535;
  private static final int MAX_KEYS = 16;

  private final MediaSection section;
  private final SectionReader reader;

  private PlainReader(SessionDescription description, MediaSection section) {
    this.section = section;
    this.reader = new SectionReader(description, section);
  }

  static ImmutableList<PlainSdp.Section> read(SessionDescription description) {
    return description.media().stream()
        .map(section -> new PlainReader(description, section).section())
        .collect(ImmutableList.toImmutableList());
  }

  private PlainSdp.Section section() {
    MediaStream stream = reader.stream(null);
    ImmutableList<CryptoAttribute> keys = keys();
    String refusal = refusal(stream, keys);
    if (refusal != null) {
      return new PlainSdp.Section(
          section.line(), stream.refused(refusal), null, null, ImmutableList.of());
    }
    Optional<InetAddress> address = reader.connection();
    if (address.filter(InetAddress::isAnyLocalAddress).isPresent()) {
      MediaStream held = stream.withDirection(stream.direction().and(Direction.SENDONLY));
      return new PlainSdp.Section(section.line(), held, null, null, keys);
    }
    return new PlainSdp.Section(
        section.line(),
        stream,
        address.map(host -> new InetSocketAddress(host, section.line().port())).orElse(null),
        address.map(this::rtcp).orElse(null),
        keys);
  }

  private ImmutableList<CryptoAttribute> keys() {
    return section.attributes("crypto").stream()
        .limit(MAX_KEYS)
        .map(CryptoAttribute::parse)
        .flatMap(Optional::stream)
        .collect(ImmutableList.toImmutableList());
  }

  private @Nullable String refusal(MediaStream stream, ImmutableList<CryptoAttribute> keys) {
    MediaLine line = section.line();
    if (line.port() == 0) {
      return "port 0";
    }
    if (stream.kind() == MediaStream.Kind.OTHER) {
      return SdpException.excerpt(line.media()) + " is not relayed";
    }
    if (!isOneOf("RTP/AVP", "RTP/AVPF") && !isOneOf("RTP/SAVP", "RTP/SAVPF")) {
      return SdpException.excerpt(line.protocol()) + " is not supported, only RTP/AVP and RTP/SAVP";
    }
    if (isOneOf("RTP/SAVP", "RTP/SAVPF") && keys.isEmpty()) {
      return "RTP/SAVP without an a=crypto that is known";
    }
    return stream.codecs().isEmpty() ? "no known codec" : null;
  }

  private boolean isOneOf(String protocol, String withFeedback) {
    return section.line().isProtocol(protocol) || section.line().isProtocol(withFeedback);
  }

  /** The next port unless {@code a=rtcp} says otherwise; rtcp-mux is never taken up. */
  private InetSocketAddress rtcp(InetAddress rtpHost) {
    String value = section.attribute("rtcp").orElse("");
    int space = value.indexOf(' ');
    int port = Numbers.parse(space < 0 ? value : value.substring(0, space), MAX_PORT);
    int next = Math.min(section.line().port() + 1, MAX_PORT);
    InetAddress host =
        Addresses.ofConnection(value.substring(space + 1))
            .filter(address -> !address.isAnyLocalAddress())
            .orElse(rtpHost);
    return new InetSocketAddress(host, port > 0 ? port : next);
  }
}
