package org.ringdown.gateway.sdp.relay;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.line.SdpException.Reason;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * What becomes of the first offer of a page's new peer connection in a call that is going on: the
 * page was loaded anew. Its sections may stand in another order, or be fewer: each is the one of
 * its kind that comes next (RFC 3264 section 8 binds the order only within one connection).
 *
 * @param streams what is agreed on from then on, as the gateway's side says it, one for each
 *     section of the offer
 * @param from for each of them the section that it was before, or {@link #NEW}
 */
public record FreshOffer(ImmutableList<MediaStream> streams, ImmutableList<Integer> from) {
  /** A section that stands for none of those before, and is refused. */
  public static final int NEW = -1;

  /**
   * Answers such an offer: of the codecs agreed on before, those that are offered again.
   *
   * @param agreed what is in use on this leg
   * @param offered the streams of the offer
   * @throws SdpException NO_COMMON_CODEC if there was audio, and none of it is left
   */
  public static FreshOffer answer(List<MediaStream> agreed, List<MediaStream> offered)
      throws SdpException {
    ImmutableList<Integer> from = from(agreed, offered);
    ImmutableList.Builder<MediaStream> streams = ImmutableList.builder();
    for (int i = 0; i < offered.size(); i++) {
      boolean known = from.get(i) != NEW;
      streams.add(
          known
              ? Reoffer.answer(agreed.get(from.get(i)), offered.get(i))
              : Reoffer.refuse(offered.get(i), "not agreed on before"));
    }
    FreshOffer fresh = new FreshOffer(streams.build(), from);
    if (agreed.stream().anyMatch(MediaStream::isAudio)
        && fresh.streams.stream().noneMatch(MediaStream::isAudio)) {
      throw new SdpException(Reason.NO_COMMON_CODEC, "the new offer has no audio");
    }
    return fresh;
  }

  /** For each section after, the one before that it stands for, or {@link #NEW}. */
  static ImmutableList<Integer> from(List<MediaStream> before, List<MediaStream> after) {
    List<Integer> free =
        new ArrayList<>(
            IntStream.range(0, before.size())
                .filter(i -> !before.get(i).refused())
                .boxed()
                .toList());
    ImmutableList.Builder<Integer> from = ImmutableList.builder();
    for (MediaStream stream : after) {
      Integer match =
          free.stream()
              .filter(i -> !stream.refused() && before.get(i).kind() == stream.kind())
              .findFirst()
              .orElse(NEW);
      free.remove(match);
      from.add(match);
    }
    return from.build();
  }
}
