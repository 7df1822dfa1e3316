package org.ringdown.gateway.sdp;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.line.MediaLine;
import org.ringdown.gateway.sdp.line.MediaSection;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.line.SdpException.Reason;
import org.ringdown.gateway.sdp.line.SessionDescription;
import org.ringdown.gateway.sdp.stream.MediaStream;

/** Reads a browser's description. */
final class WebRtcReader {
  /** RFC 8829 section 5.1.2, and what older browsers said. */
  private static final ImmutableList<String> PROTOCOLS =
      ImmutableList.of(
          "UDP/TLS/RTP/SAVPF", "TCP/DTLS/RTP/SAVPF", "UDP/TLS/RTP/SAVP", "RTP/SAVPF", "RTP/SAVP");

  private static final Pattern MID = Pattern.compile("[!-~]{1,64}");
  private static final Pattern UFRAG = Pattern.compile("[A-Za-z0-9+/]{4,256}");
  private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9+/]{22,256}");
  private static final Pattern FINGERPRINT =
      Pattern.compile("[A-Za-z0-9-]{1,16} [0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){15,63}");
  private static final int MAX_CANDIDATES = 64;
  private static final int DISCARD_PORT = 9;
  private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings();

  private final SessionDescription description;
  private final Optional<List<String>> group;
  private final List<WebRtcSdp.Section> sections = new ArrayList<>();

  private WebRtcReader(SessionDescription description) {
    this.description = description;
    this.group =
        description.session().attributes("group").stream()
            .map(WORDS::splitToList)
            .filter(words -> !words.isEmpty() && words.get(0).equals("BUNDLE"))
            .map(words -> words.subList(1, words.size()))
            .findFirst();
  }

  static WebRtcSdp read(SessionDescription description) throws SdpException {
    if (description.media().isEmpty()) {
      throw new SdpException(Reason.UNSUPPORTED, "no m= section");
    }
    WebRtcReader reader = new WebRtcReader(description);
    description.media().forEach(reader::add);
    return new WebRtcSdp(
        ImmutableList.copyOf(reader.sections),
        reader.transport(reader.carrier()),
        reader.group.isPresent(),
        origin(description));
  }

  private static String origin(SessionDescription description) {
    return description
        .session()
        .value('o')
        .map(value -> String.join(" ", Iterables.limit(WORDS.split(value), 2)))
        .orElse("");
  }

  private void add(MediaSection section) {
    String mid = section.attribute("mid").filter(MID.asMatchPredicate()).orElse(null);
    MediaStream stream = new SectionReader(description, section).stream(mid);
    String refusal = refusal(section, stream);
    sections.add(
        new WebRtcSdp.Section(section.line(), refusal == null ? stream : stream.refused(refusal)));
  }

  private @Nullable String refusal(MediaSection section, MediaStream stream) {
    MediaLine line = section.line();
    if (line.port() == 0 && !section.has("bundle-only")) {
      return "port 0";
    }
    if (stream.kind() == MediaStream.Kind.OTHER) {
      return SdpException.excerpt(line.media()) + " is not relayed";
    }
    if (PROTOCOLS.stream().noneMatch(line::isProtocol)) {
      return SdpException.excerpt(line.protocol()) + " is not supported, only UDP/TLS/RTP/SAVPF";
    }
    if (!sharesTransport(stream.mid())) {
      return "not in the BUNDLE group";
    }
    if (!section.has("rtcp-mux")) {
      return "no rtcp-mux";
    }
    return stream.codecs().isEmpty() ? "no known codec" : null;
  }

  /** A second transport is not to be had: in the group, or without one the only section in use. */
  private boolean sharesTransport(@Nullable String mid) {
    return group
        .map(mids -> mid != null && mids.contains(mid))
        .orElseGet(() -> sections.stream().allMatch(other -> other.stream().refused()));
  }

  /**
   * The section whose transport counts: the first in use in the order of the group (RFC 9143
   * section 7.3.1). A bundle-only one may leave it to another, even to one that is refused here.
   */
  private MediaSection carrier() {
    List<MediaSection> media = description.media();
    List<MediaSection> used = new ArrayList<>();
    for (int i = 0; i < media.size(); i++) {
      if (!sections.get(i).stream().refused()) {
        used.add(media.get(i));
      }
    }
    return inGroupOrder(used)
        .filter(section -> section.has("ice-ufrag"))
        .findFirst()
        .or(() -> inGroupOrder(media).filter(section -> section.has("ice-ufrag")).findFirst())
        .or(() -> used.stream().findFirst())
        .orElse(media.get(0));
  }

  private Stream<MediaSection> inGroupOrder(List<MediaSection> candidates) {
    return group.orElse(ImmutableList.of()).stream()
        .flatMap(
            mid ->
                candidates.stream()
                    .filter(section -> section.attribute("mid").filter(mid::equals).isPresent()));
  }

  private WebRtcSdp.Transport transport(MediaSection section) throws SdpException {
    SectionReader reader = new SectionReader(description, section);
    return new WebRtcSdp.Transport(
        required(reader, "ice-ufrag", UFRAG),
        required(reader, "ice-pwd", PASSWORD),
        fingerprints(section),
        setup(reader.attribute("setup").orElse("")),
        section.attributes("candidate").stream()
            .limit(MAX_CANDIDATES)
            .collect(ImmutableList.toImmutableList()),
        description.session().has("ice-lite"),
        address(reader, section.line().port()));
  }

  private static String required(SectionReader reader, String name, Pattern form)
      throws SdpException {
    String value =
        reader
            .attribute(name)
            .orElseThrow(() -> new SdpException(Reason.UNSUPPORTED, "no a=" + name));
    if (!form.matcher(value).matches()) {
      throw new SdpException(Reason.MALFORMED, "a=" + name + " is not what RFC 8839 allows");
    }
    return value;
  }

  private ImmutableList<String> fingerprints(MediaSection section) throws SdpException {
    ImmutableList<String> own = section.attributes("fingerprint");
    ImmutableList<String> valid =
        (own.isEmpty() ? description.session().attributes("fingerprint") : own)
            .stream()
                .filter(FINGERPRINT.asMatchPredicate())
                .collect(ImmutableList.toImmutableList());
    if (valid.isEmpty()) {
      throw new SdpException(Reason.UNSUPPORTED, "no usable a=fingerprint: DTLS-SRTP is required");
    }
    return valid;
  }

  private static WebRtcSdp.Setup setup(String value) {
    for (WebRtcSdp.Setup setup : WebRtcSdp.Setup.values()) {
      if (setup.attribute().equals(value)) {
        return setup;
      }
    }
    return WebRtcSdp.Setup.ACTPASS;
  }

  private static @Nullable InetSocketAddress address(SectionReader reader, int port) {
    return port == 0 || port == DISCARD_PORT
        ? null
        : reader.connection().map(host -> new InetSocketAddress(host, port)).orElse(null);
  }
}
