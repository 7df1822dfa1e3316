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
import org.ringdown.gateway.sdp.policy.SrtpPolicy;
import org.ringdown.gateway.sdp.relay.RelayedAnswer;
import org.ringdown.gateway.sdp.relay.RelayedOffer;
import org.ringdown.gateway.sdp.relay.Reoffer;
import org.ringdown.gateway.sdp.sdes.CryptoAttribute;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * A description in the dialect of phones and PBXs: RTP/AVP without ICE (RFC 3264, RFC 3551), with
 * keys in it (RFC 4568) or not. What is read is tolerant; what is written is lean, so that an
 * INVITE with it fits into one UDP datagram (RFC 3261 section 18.1.1).
 *
 * @param sections in the order of the text
 */
public record PlainSdp(ImmutableList<Section> sections) implements Description {
  /** RFC 3551 section 4.2; phones want to see it. */
  private static final int PTIME_MS = 20;

  /**
   * Reads an offer or an answer of a phone. A section that the gateway cannot carry (no codec,
   * RTP/SAVP without a key) is read as refused with the reason, not as a fault of the whole.
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
      sections.add(Section.fresh(streams.get(i), "RTP/AVP", local.get(i)));
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
   * A new offer to a leg that this was said to last: same sections, same transport words, and what
   * is added behind them (RFC 3264 section 8).
   *
   * @param streams one for each section, such as what is agreed on with other directions, and those
   *     that are new
   * @param local our RTP address for each, resolved; that of a refused one is not looked at
   */
  public PlainSdp offerAgain(List<MediaStream> streams, List<InetSocketAddress> local) {
    checkArgument(streams.size() == local.size(), "one address for each stream");
    int known = sections.size();
    ImmutableList.Builder<Section> all = ImmutableList.builder();
    all.addAll(likewise(streams.subList(0, known), local.subList(0, known)).sections);
    String protocol = known == 0 ? "RTP/AVP" : sections.get(0).line.protocol();
    for (int i = known; i < streams.size(); i++) {
      all.add(Section.fresh(streams.get(i), protocol, local.get(i)));
    }
    return new PlainSdp(all.build());
  }

  /** What of it may be used under this rule; the rest is refused with the reason. */
  public PlainSdp under(SrtpPolicy policy) {
    return new PlainSdp(new Encryption(sections).under(policy));
  }

  /**
   * What of this answer belongs to the offer: of each section the one key that does, and a section
   * with another key is refused.
   *
   * @param offered the keys of each section of the offer
   */
  public PlainSdp answering(ImmutableList<ImmutableList<CryptoAttribute>> offered) {
    return new PlainSdp(new Encryption(sections).answering(offered));
  }

  /** The same with these keys in its sections, one list for each; refused ones get none. */
  public PlainSdp withKeys(List<ImmutableList<CryptoAttribute>> keys) {
    checkArgument(keys.size() == sections.size(), "one list of keys for each section");
    ImmutableList.Builder<Section> said = ImmutableList.builder();
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      said.add(section.stream.refused() ? section : section.withKeys(keys.get(i)));
    }
    return new PlainSdp(said.build());
  }

  /** The same over RTP/SAVP, for a peer that must encrypt. */
  public PlainSdp overSavp() {
    return new PlainSdp(
        sections.stream().map(Section::overSavp).collect(ImmutableList.toImmutableList()));
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
   * @param keys what the describing side encrypts with, one of them to be chosen; empty if it does
   *     not
   */
  public record Section(
      MediaLine line,
      MediaStream stream,
      @Nullable InetSocketAddress rtp,
      @Nullable InetSocketAddress rtcp,
      ImmutableList<CryptoAttribute> keys) {

    private static Section fresh(MediaStream stream, String protocol, InetSocketAddress local) {
      String media = stream.kind().name().toLowerCase(Locale.ROOT);
      MediaLine line = new MediaLine(media, 0, protocol, stream.formats());
      return of(line, stream.withMid(null), local);
    }

    private static Section of(MediaLine like, MediaStream stream, InetSocketAddress local) {
      if (stream.refused()) {
        return new Section(like.refused(), stream, null, null, ImmutableList.of());
      }
      boolean silent = stream.kind() == MediaStream.Kind.AUDIO && stream.ptimeMs() == 0;
      MediaStream said = silent ? stream.withPtimeMs(PTIME_MS) : stream;
      InetSocketAddress rtcp = new InetSocketAddress(local.getAddress(), local.getPort() + 1);
      MediaLine line = like.answered(local.getPort(), stream.formats());
      return new Section(line, said, local, rtcp, ImmutableList.of());
    }

    Section refused(String why) {
      return new Section(line, stream.refused(why), null, null, ImmutableList.of());
    }

    Section withKeys(ImmutableList<CryptoAttribute> other) {
      return new Section(line, stream, rtp, rtcp, other);
    }

    private Section overSavp() {
      return new Section(line.withProtocol("RTP/SAVP"), stream, rtp, rtcp, keys);
    }
  }
}
