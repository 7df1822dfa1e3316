package org.ringdown.gateway.sdp.relay;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * Streams that a leg adds in the middle of a call (RFC 3264 section 8.1), and what its other side
 * is offered of them: what is in use there already, and the new ones where they belong or behind.
 *
 * @param places where the new streams stand in the leg's offer
 * @param offer what the other side is offered, one for each section
 * @param slots for each of the relayed streams, where it stands in {@code offer}
 * @param relayed the new streams, as the other side is offered them
 */
public record AddedStreams(
    ImmutableList<Integer> places,
    ImmutableList<MediaStream> offer,
    ImmutableList<Integer> slots,
    RelayedOffer relayed) {
  private static final int NONE = -1;

  /**
   * The leg that is asked.
   *
   * @param streams what is in use there, as it was told
   * @param partners for a section of the leg that adds, the one here that belonged to it before; -1
   *     if there is none
   * @param phone what may be offered to a phone; null for a page
   */
  public record Beside(
      ImmutableList<MediaStream> streams, IntUnaryOperator partners, @Nullable MediaPolicy phone) {}

  /**
   * Finds what an offer adds; empty if that is nothing, or nothing that the gateway can relay.
   *
   * @param agreed what is in use on the leg that adds
   * @param offered the streams of its new offer
   */
  public static Optional<AddedStreams> in(
      List<MediaStream> agreed, List<MediaStream> offered, Beside beside) {
    ImmutableList<Integer> places =
        IntStream.range(0, offered.size())
            .filter(i -> !offered.get(i).refused())
            .filter(i -> i >= agreed.size() || agreed.get(i).refused())
            .boxed()
            .collect(ImmutableList.toImmutableList());
    try {
      return places.isEmpty()
          ? Optional.empty()
          : Optional.of(beside(places, places.stream().map(offered::get).toList(), beside));
    } catch (SdpException e) {
      return Optional.empty();
    }
  }

  private static AddedStreams beside(
      ImmutableList<Integer> places, List<MediaStream> added, Beside beside) throws SdpException {
    RelayedOffer relayed =
        beside.phone == null
            ? RelayedOffer.toBrowserBeside(added, beside.streams)
            : RelayedOffer.toPhone(added, beside.phone);
    List<MediaStream> offer = new ArrayList<>(beside.streams);
    List<MediaStream> said = new ArrayList<>();
    List<Integer> slots = new ArrayList<>();
    for (int i = 0; i < relayed.streams().size(); i++) {
      MediaStream stream = relayed.streams().get(i);
      int slot = slot(beside, places.get(relayed.from().get(i)), stream, slots);
      if (slot == NONE) {
        slot = offer.size();
        offer.add(stream);
      } else if (!offer.get(slot).refused()) {
        stream = again(offer.get(slot), stream);
      }
      offer.set(slot, stream);
      slots.add(slot);
      said.add(stream);
    }
    return new AddedStreams(
        places,
        ImmutableList.copyOf(offer),
        ImmutableList.copyOf(slots),
        new RelayedOffer(relayed.offered(), ImmutableList.copyOf(said), relayed.from()));
  }

  /** Where a stream has stood before; a phone's refused sections serve again too. */
  private static int slot(Beside beside, int place, MediaStream stream, List<Integer> taken) {
    int partner = beside.partners.applyAsInt(place);
    if (isFree(beside, partner, stream, taken)) {
      return partner;
    }
    return IntStream.range(0, beside.phone == null ? 0 : beside.streams.size())
        .filter(i -> beside.streams.get(i).refused() && isFree(beside, i, stream, taken))
        .findFirst()
        .orElse(NONE);
  }

  private static boolean isFree(Beside beside, int slot, MediaStream stream, List<Integer> taken) {
    if (slot < 0 || slot >= beside.streams.size() || taken.contains(slot)) {
      return false;
    }
    MediaStream there = beside.streams.get(slot);
    return there.kind() == stream.kind()
        && (there.refused() ? beside.phone != null : again(there, stream).hasMediaCodec());
  }

  /** A stream that the other side has already, with those of its codecs that are offered again. */
  private static MediaStream again(MediaStream there, MediaStream stream) {
    ImmutableList<Codec> left =
        there.codecs().stream()
            .filter(codec -> stream.codecs().stream().anyMatch(codec::matches))
            .collect(ImmutableList.toImmutableList());
    return there.withCodecs(left).withDirection(stream.direction());
  }

  /**
   * Takes the other side's answer.
   *
   * @param answer its streams
   * @throws SdpException if it does not fit the offer
   */
  public Taken answered(List<MediaStream> answer) throws SdpException {
    ImmutableList<MediaStream> answered = Reoffer.answered(offer, answer).streams();
    if (slots.stream().map(answered::get).allMatch(MediaStream::refused)) {
      return new Taken(answered, refused(relayed.offered()), ImmutableList.of());
    }
    RelayedAnswer added = relayed.answered(slots.stream().map(answer::get).toList());
    List<MediaStream> other = new ArrayList<>(answered);
    for (int i = 0; i < slots.size(); i++) {
      other.set(slots.get(i), added.calleeStreams().get(i));
    }
    ImmutableList<Pair> pairs =
        added.pairs().stream()
            .map(pair -> new Pair(places.get(pair.caller()), slots.get(pair.callee())))
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
   * @param ours what the leg that adds may be answered at its places
   * @param pairs which new streams belong together
   */
  public record Taken(
      ImmutableList<MediaStream> other,
      ImmutableList<MediaStream> ours,
      ImmutableList<Pair> pairs) {}

  /** A section of the leg that adds, and the one of the other leg that it is joined with. */
  public record Pair(int ours, int other) {}
}
