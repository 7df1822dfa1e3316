package org.ringdown.gateway.sdp;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.line.MediaLine;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.line.SessionDescription;
import org.ringdown.gateway.sdp.relay.RelayedAnswer;
import org.ringdown.gateway.sdp.relay.RelayedOffer;
import org.ringdown.gateway.sdp.relay.Reoffer;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * A description in the dialect of browsers: UDP/TLS/RTP/SAVPF with ICE, DTLS-SRTP, BUNDLE and
 * rtcp-mux (RFC 8829). All sections in use share one transport. What is written is the side of an
 * ICE-lite gateway; no header extension is offered or accepted.
 *
 * @param sections in the order of the text
 * @param transport the one transport of all sections in use
 * @param bundle whether the sections in use are in a BUNDLE group (RFC 9143)
 * @param origin which of the other side's connections says it: user name and session number of
 *     {@code o=} (RFC 8866 section 5.2); empty for what the gateway says
 */
public record WebRtcSdp(
    ImmutableList<Section> sections, Transport transport, boolean bundle, String origin)
    implements Description {
  private static final String PROTOCOL = "UDP/TLS/RTP/SAVPF";
  private static final int DISCARD_PORT = 9;

  /**
   * Reads an offer or an answer of a browser. A section that the gateway cannot carry (data
   * channel, outside the BUNDLE group, without rtcp-mux) is read as refused with the reason.
   *
   * @throws SdpException if it is not SDP, has no section, or lacks ICE credentials or fingerprint
   */
  public static WebRtcSdp read(String text) throws SdpException {
    return WebRtcReader.read(SessionDescription.parse(text));
  }

  /**
   * The first offer to a browser. Sections after the first are bundle-only (RFC 9143 section
   * 7.2.2): there is one transport and no other to fall back on.
   *
   * @param streams usually {@link RelayedOffer#streams()} made with {@link RelayedOffer#toBrowser};
   *     their index becomes their mid
   * @param local our transport, with {@link Setup#ACTPASS}
   */
  public static WebRtcSdp offer(List<MediaStream> streams, Transport local) {
    ImmutableList.Builder<Section> sections = ImmutableList.builder();
    for (int i = 0; i < streams.size(); i++) {
      MediaStream stream = streams.get(i).withMid(Integer.toString(i));
      String media = stream.kind().name().toLowerCase(Locale.ROOT);
      int port = i == 0 ? local.port() : 0;
      sections.add(new Section(new MediaLine(media, port, PROTOCOL, stream.formats()), stream));
    }
    return new WebRtcSdp(sections.build(), local, true, "");
  }

  private static String unused(int section, List<MediaStream> streams) {
    String mid = Integer.toString(section);
    boolean taken = streams.stream().anyMatch(stream -> mid.equals(stream.mid()));
    return taken ? "g" + mid : mid;
  }

  /**
   * The answer to this offer of a browser: same sections, mids and order.
   *
   * @param streams one for each section, with payload types of this offer: {@link
   *     RelayedAnswer#callerStreams()} or {@link Reoffer#streams()}
   * @param local our transport; its setup is {@code offer.transport().setup().answer()} in the
   *     first answer and stays what it was in later ones (RFC 8842 section 5.3)
   */
  public WebRtcSdp answer(List<MediaStream> streams, Transport local) {
    return likewise(streams, local);
  }

  /**
   * A new offer to a browser that said this last: same sections, mids and order (RFC 8829 section
   * 5.2.2), and new ones after them.
   *
   * @param streams one for each section, such as what is agreed on, and what is added
   * @param local our transport, with {@link Setup#ACTPASS}
   */
  public WebRtcSdp offerAgain(List<MediaStream> streams, Transport local) {
    int known = sections.size();
    WebRtcSdp again = likewise(streams.subList(0, Math.min(known, streams.size())), local);
    ImmutableList.Builder<Section> all = ImmutableList.<Section>builder().addAll(again.sections);
    for (int i = known; i < streams.size(); i++) {
      all.add(bundleOnly(streams.get(i).withMid(unused(i, again.streams()))));
    }
    return new WebRtcSdp(all.build(), local, true, "");
  }

  private static Section bundleOnly(MediaStream stream) {
    String media = stream.kind().name().toLowerCase(Locale.ROOT);
    return new Section(new MediaLine(media, 0, PROTOCOL, stream.formats()), stream);
  }

  private WebRtcSdp likewise(List<MediaStream> streams, Transport local) {
    checkArgument(streams.size() == sections.size(), "one stream for each section");
    ImmutableList.Builder<Section> said = ImmutableList.builder();
    for (int i = 0; i < streams.size(); i++) {
      Section theirs = sections.get(i);
      MediaStream stream = streams.get(i).withMid(theirs.stream.mid());
      MediaLine line =
          stream.refused()
              ? theirs.line.refused()
              : theirs.line.answered(local.port(), stream.formats());
      said.add(new Section(line, stream));
    }
    return new WebRtcSdp(said.build(), local, bundle, "");
  }

  /** Whether this restarts ICE: another user fragment or password than before (RFC 8839 4.4.1). */
  public boolean restartsIce(WebRtcSdp earlier) {
    return !transport.ufrag().equals(earlier.transport.ufrag())
        || !transport.password().equals(earlier.transport.password());
  }

  /**
   * Whether another peer connection says this than before: it restarts ICE, and has another session
   * number or another certificate too. Such an offer begins a new DTLS association (RFC 8842
   * section 5.1), and its sections are its own.
   */
  public boolean beginsAnew(WebRtcSdp earlier) {
    return restartsIce(earlier)
        && !(origin.equals(earlier.origin)
            && transport.fingerprints().equals(earlier.transport.fingerprints()));
  }

  @Override
  public ImmutableList<MediaStream> streams() {
    return sections.stream().map(Section::stream).collect(ImmutableList.toImmutableList());
  }

  @Override
  public String write(long sessionId, long version) {
    return WebRtcWriter.write(this, sessionId, version);
  }

  /**
   * A section.
   *
   * @param line the {@code m=} line
   * @param stream what it describes
   */
  public record Section(MediaLine line, MediaStream stream) {}

  /**
   * How one side is reached. Read from a browser or given by the gateway.
   *
   * @param ufrag the ICE user fragment (RFC 8839 section 5.4)
   * @param password the ICE password
   * @param fingerprints each the value of an {@code a=fingerprint:} line, such as {@code sha-256
   *     AB:CD…} (RFC 8122)
   * @param setup the DTLS role
   * @param candidates each the value of an {@code a=candidate:} line; those with {@code .local}
   *     names too
   * @param iceLite whether it is an ICE-lite side (RFC 8445 section 2.5)
   * @param address where it is without ICE; null if it does not say
   */
  public record Transport(
      String ufrag,
      String password,
      ImmutableList<String> fingerprints,
      Setup setup,
      ImmutableList<String> candidates,
      boolean iceLite,
      @Nullable InetSocketAddress address) {

    /** The port for {@code m=}; the discard port if there is none (RFC 8829 section 5.2.1). */
    private int port() {
      return address == null ? DISCARD_PORT : address.getPort();
    }

    /**
     * The gateway's own side.
     *
     * @param setup {@link Setup#ACTPASS} in offers; see {@link Setup#answer()} for answers
     * @param candidates with or without {@code candidate:} before them
     */
    public static Transport local(
        String ufrag,
        String password,
        String fingerprint,
        Setup setup,
        List<String> candidates,
        InetSocketAddress address) {
      return new Transport(
          ufrag,
          password,
          ImmutableList.of(fingerprint),
          setup,
          candidates.stream()
              .map(candidate -> candidate.replaceFirst("^candidate:", ""))
              .collect(ImmutableList.toImmutableList()),
          true,
          address);
    }
  }

  /** Who sends the DTLS ClientHello (RFC 8842 section 5). */
  public enum Setup {
    /** The side that says it is the DTLS client. */
    ACTIVE,
    /** The side that says it is the DTLS server. */
    PASSIVE,
    /** Either; only in offers. */
    ACTPASS;

    /** What the gateway answers: passive, unless the other side insists on it. */
    public Setup answer() {
      return this == PASSIVE ? ACTIVE : PASSIVE;
    }

    /** The value of the attribute, such as {@code actpass}. */
    public String attribute() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
