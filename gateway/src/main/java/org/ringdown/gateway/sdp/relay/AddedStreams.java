package org.ringdown.gateway.sdp.relay;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * Streams that a page adds in the middle of a call (RFC 3264 section 8.1), and what its other side
 * is offered of them: what is in use there already, and the new ones after it.
 *
 * @param places where the new streams stand in the page's offer
 * @param beside what is in use on the other side's leg, as it was told
 * @param relayed the new streams, as the other side is offered them
 */
public record AddedStreams(
    ImmutableList<Integer> places, ImmutableList<MediaStream> beside, RelayedOffer relayed) {

  /**
   * Finds what an offer adds; empty if that is nothing, or nothing that the gateway can relay.
   *
   * @param agreed what is in use on the page's leg
   * @param offered the streams of its new offer
   * @param beside what is in use on the leg of the other side, a page too
   */
  public static Optional<AddedStreams> in(
      List<MediaStream> agreed, List<MediaStream> offered, List<MediaStream> beside) {
    ImmutableList<Integer> places =
        IntStream.range(0, offered.size())
            .filter(i -> !offered.get(i).refused())
            .filter(i -> i >= agreed.size() || agreed.get(i).refused())
            .boxed()
            .collect(ImmutableList.toImmutableList());
    try {
      return places.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new AddedStreams(
                  places,
                  ImmutableList.copyOf(beside),
                  RelayedOffer.toBrowserBeside(
                      places.stream().map(offered::get).toList(), beside)));
    } catch (SdpException e) {
      return Optional.empty();
    }
  }

  /** What the other side is offered, one for each section. */
  public ImmutableList<MediaStream> offer() {
    return ImmutableList.<MediaStream>builder().addAll(beside).addAll(relayed.streams()).build();
  }

  /**
   * Takes the other side's answer.
   *
   * @param answer its streams
   * @throws SdpException if it does not fit the offer
   */
  public Taken answered(List<MediaStream> answer) throws SdpException {
    int before = beside.size();
    ImmutableList<MediaStream> answered = Reoffer.answered(offer(), answer).streams();
    if (answered.subList(before, answered.size()).stream().allMatch(MediaStream::refused)) {
      return new Taken(answered, refused(relayed.offered()), ImmutableList.of());
    }
    RelayedAnswer added = relayed.answered(answer.subList(before, answer.size()));
    List<MediaStream> other = new ArrayList<>(answered.subList(0, before));
    other.addAll(added.calleeStreams());
    ImmutableList<Pair> pairs =
        added.pairs().stream()
            .map(pair -> new Pair(places.get(pair.caller()), before + pair.callee()))
            .collect(ImmutableList.toImmutableList());
    return new Taken(ImmutableList.copyOf(other), added.callerStreams(), pairs);
  }

  private static ImmutableList<MediaStream> refused(List<MediaStream> offered) {
    return offered.stream()
        .map(stream -> stream.refused("the other side does not take it"))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * What the other side has taken.
   *
   * @param other what is in use on its leg from now on
   * @param ours what the page may be answered at its places
   * @param pairs which new streams belong together
   */
  public record Taken(
      ImmutableList<MediaStream> other,
      ImmutableList<MediaStream> ours,
      ImmutableList<Pair> pairs) {}

  /** A section of the page's leg, and the one of the other leg that it is joined with. */
  public record Pair(int ours, int other) {}
}
