package org.ringdown.gateway.sdp;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A description in the dialect of phones and PBXs: RTP/AVP without ICE or encryption (RFC 3264, RFC
 * 3551). What is read is tolerant; what is written is lean, so that an INVITE with it fits into one
 * UDP datagram (RFC 3261 section 18.1.1).
 *
 * @param sections in the order of the text
 */
public record PlainSdp(ImmutableList<Section> sections) implements Description {
  /** RFC 3551 section 4.2; phones want to see it. */
  private static final int PTIME_MS = 20;

  /**
   * Reads an offer or an answer of a phone. A section that the gateway cannot carry (SAVP, no
   * codec) is read as refused with the reason, not as a fault of the whole.
   *
   * @throws SdpException if it is not SDP
   */
  public static PlainSdp read(String text) throws SdpException {
    return new PlainSdp(PlainReader.read(SessionDescription.parse(text)));
  }

  /**
   * An offer to a phone.
   *
   * @param streams usually {@link RelayedOffer#streams()} made with {@link RelayedOffer#toPhone}
   * @param local our RTP address for each stream, resolved; RTCP is one port higher
   */
  public static PlainSdp offer(List<MediaStream> streams, List<InetSocketAddress> local) {
    checkArgument(streams.size() == local.size(), "one address for each stream");
    ImmutableList.Builder<Section> sections = ImmutableList.builder();
    for (int i = 0; i < streams.size(); i++) {
      MediaStream stream = streams.get(i);
      String media = stream.kind().name().toLowerCase(Locale.ROOT);
      MediaLine line = new MediaLine(media, 0, "RTP/AVP", stream.formats());
      sections.add(Section.of(line, stream.withMid(null), local.get(i)));
    }
    return new PlainSdp(sections.build());
  }

  /**
   * The answer to this offer of a phone: same sections, same transport words.
   *
   * @param streams one for each section, with payload types of this offer: {@link
   *     RelayedAnswer#callerStreams()} or {@link Reoffer#streams()}
   * @param local our RTP address for each, resolved; that of a refused one is not looked at
   */
  public PlainSdp answer(List<MediaStream> streams, List<InetSocketAddress> local) {
    return likewise(streams, local);
  }

  /**
   * A new offer to a leg that this was said to last: same sections, same transport words (RFC 3264
   * section 8).
   *
   * @param streams one for each section, such as what is agreed on with other directions
   * @param local our RTP address for each, resolved; that of a refused one is not looked at
   */
  public PlainSdp offerAgain(List<MediaStream> streams, List<InetSocketAddress> local) {
    return likewise(streams, local);
  }

  private PlainSdp likewise(List<MediaStream> streams, List<InetSocketAddress> local) {
    checkArgument(streams.size() == sections.size(), "one stream for each section");
    checkArgument(streams.size() == local.size(), "one address for each stream");
    ImmutableList.Builder<Section> said = ImmutableList.builder();
    for (int i = 0; i < streams.size(); i++) {
      said.add(Section.of(sections.get(i).line, streams.get(i).withMid(null), local.get(i)));
    }
    return new PlainSdp(said.build());
  }

  @Override
  public ImmutableList<MediaStream> streams() {
    return sections.stream().map(Section::stream).collect(ImmutableList.toImmutableList());
  }

  @Override
  public String write(long sessionId, long version) {
    return PlainWriter.write(this, sessionId, version);
  }

  /**
   * A section and its transport.
   *
   * @param line the {@code m=} line
   * @param stream what it describes; a {@code c=} of 0.0.0.0 is read as the hold it stands for (RFC
   *     3264 section 8.4)
   * @param rtp where the describing side wants RTP; null if it wants none (refused, 0.0.0.0) or
   *     gives a name instead of an address: then only its own packets tell
   * @param rtcp where it wants RTCP: the next port, or what {@code a=rtcp} says (RFC 3605); null
   *     together with {@code rtp}
   */
  public record Section(
      MediaLine line,
      MediaStream stream,
      @Nullable InetSocketAddress rtp,
      @Nullable InetSocketAddress rtcp) {

    private static Section of(MediaLine like, MediaStream stream, InetSocketAddress local) {
      if (stream.refused()) {
        return new Section(like.refused(), stream, null, null);
      }
      boolean silent = stream.kind() == MediaStream.Kind.AUDIO && stream.ptimeMs() == 0;
      MediaStream said = silent ? stream.withPtimeMs(PTIME_MS) : stream;
      InetSocketAddress rtcp = new InetSocketAddress(local.getAddress(), local.getPort() + 1);
      return new Section(like.answered(local.getPort(), stream.formats()), said, local, rtcp);
    }
  }
}
