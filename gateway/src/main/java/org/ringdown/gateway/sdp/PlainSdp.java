package org.ringdown.gateway.sdp;

import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A description in the dialect of phones and PBXs: RTP/AVP without ICE or encryption (RFC 3264, RFC
 * 3551). What is read is tolerant; what is written is lean, so that an INVITE with it fits into one
 * UDP datagram (RFC 3261 section 18.1.1).
 *
 * @param sections in the order of the text
 */
public record PlainSdp(ImmutableList<Section> sections) implements Description {

  /**
   * Reads an offer or an answer of a phone. A section that the gateway cannot carry (SAVP, no
   * codec) is read as refused with the reason, not as a fault of the whole.
   *
   * @throws SdpException if it is not SDP or has no section
   */
  public static PlainSdp read(String text) throws SdpException {
    throw new SdpException(SdpException.Reason.UNSUPPORTED, "not built yet");
  }

  /**
   * An offer to a phone.
   *
   * @param streams usually {@link RelayedOffer#streams()} made with {@link RelayedOffer#toPhone}
   * @param local our RTP address for each stream; RTCP is one port higher
   */
  public static PlainSdp offer(List<MediaStream> streams, List<InetSocketAddress> local) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * The answer to this offer of a phone: same sections, same transport words.
   *
   * @param streams one for each section, with payload types of this offer: {@link
   *     RelayedAnswer#callerStreams()} or {@link Reoffer#streams()}
   * @param local our RTP address for each; that of a refused one is not looked at
   */
  public PlainSdp answer(List<MediaStream> streams, List<InetSocketAddress> local) {
    throw new UnsupportedOperationException("not built yet");
  }

  @Override
  public ImmutableList<MediaStream> streams() {
    return sections.stream().map(Section::stream).collect(ImmutableList.toImmutableList());
  }

  @Override
  public String write(long sessionId, long version) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * A section and its transport.
   *
   * @param line the {@code m=} line
   * @param stream what it describes; a {@code c=} of 0.0.0.0 is read as the hold it stands for (RFC
   *     3264 section 8.4)
   * @param rtp where the describing side wants RTP; null if it wants none (refused, 0.0.0.0) or
   *     gives a name instead of an address: then only its own packets tell
   * @param rtcp where it wants RTCP: the next port, or what {@code a=rtcp} says (RFC 3605)
   */
  public record Section(
      MediaLine line,
      MediaStream stream,
      @Nullable InetSocketAddress rtp,
      @Nullable InetSocketAddress rtcp) {}
}
