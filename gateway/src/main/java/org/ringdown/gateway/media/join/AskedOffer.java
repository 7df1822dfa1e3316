package org.ringdown.gateway.media.join;

import com.google.common.collect.ImmutableList;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.leg.MediaLeg;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.relay.LateOffer;
import org.ringdown.gateway.sdp.relay.RelayedOffer;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * The offer of a called leg that was asked for one. It is answered at once, from what the leg would
 * have been offered, and stands for an answer from then on. Guarded by the session.
 */
final class AskedOffer implements MediaLeg.Received {
  private final MediaLeg media;
  private final boolean hasOneCodec;
  private String text = "";
  private String answer = "";
  private ImmutableList<MediaStream> streams = ImmutableList.of();

  AskedOffer(MediaLeg media, boolean hasOneCodec) {
    this.media = media;
    this.hasOneCodec = hasOneCodec;
  }

  /**
   * Takes the leg's offer, or that of another fork; what has been taken last is not taken again.
   *
   * @param wanted what the leg would have been offered
   * @return the same in the order of the leg's offer
   */
  RelayedOffer take(String offer, RelayedOffer wanted) throws SdpException, MediaException {
    if (offer.equals(text)) {
      return wanted;
    }
    MediaLeg.Received received = media.readOffer(offer);
    RelayedOffer shaped = wanted.shapedLike(received.streams());
    ImmutableList<MediaStream> agreed = shaped.answered(received.streams()).calleeStreams();
    ImmutableList<MediaStream> used =
        hasOneCodec ? LateOffer.chosen(agreed, shaped.streams()) : agreed;
    media.open(used);
    answer = received.accept(used);
    streams = hasOneCodec ? said(received.streams(), used) : received.streams();
    text = offer;
    return shaped;
  }

  /** The offer with what is left of it, as if it had been no more. */
  private static ImmutableList<MediaStream> said(
      ImmutableList<MediaStream> offered, ImmutableList<MediaStream> used) {
    ImmutableList.Builder<MediaStream> left = ImmutableList.builder();
    for (int i = 0; i < offered.size(); i++) {
      MediaStream stream = used.get(i);
      left.add(stream.refused() ? stream : offered.get(i).withCodecs(stream.codecs()));
    }
    return left.build();
  }

  /** What the leg is answered. */
  String answer() {
    return answer;
  }

  @Override
  public ImmutableList<MediaStream> streams() {
    return streams;
  }

  /** It has been accepted when it was taken. */
  @Override
  public String accept(ImmutableList<MediaStream> agreed) {
    return answer;
  }
}
