package org.ringdown.gateway.media.join;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.ringdown.gateway.media.leg.MediaLeg;
import org.ringdown.gateway.media.stream.Agreement;
import org.ringdown.gateway.media.stream.LegStream;
import org.ringdown.gateway.media.stream.Route;
import org.ringdown.gateway.sdp.relay.RelayedAnswer.Pair;
import org.ringdown.gateway.sdp.stream.MediaStream;
import org.ringdown.gateway.sdp.stream.PayloadMap;

/** The calling leg and one called leg, and which of their streams belong together. */
final class Joint {
  private final MediaLeg caller;
  private final MediaLeg callee;
  private ImmutableList<Pair> pairs;

  Joint(MediaLeg caller, MediaLeg callee, ImmutableList<Pair> pairs) {
    this.caller = caller;
    this.callee = callee;
    this.pairs = pairs;
  }

  /**
   * Lets packets pass as far as both legs want them; again after each change of the two.
   *
   * @param held whether a leg holds the call: then the way is known, but nothing passes
   */
  void connect(boolean held) {
    disconnect();
    for (Pair pair : pairs) {
      LegStream calling = caller.stream(pair.caller());
      LegStream called = callee.stream(pair.callee());
      if (calling != null && called != null) {
        PayloadMap payloads = pair.payloads();
        calling.route(new Route(calling, called, payloads::toCallee, held));
        called.route(new Route(called, calling, payloads::toCaller, held));
      }
    }
  }

  /** Lets nothing pass any more. */
  void disconnect() {
    caller.streams().forEach(stream -> stream.route(null));
    callee.streams().forEach(stream -> stream.route(null));
  }

  /**
   * The streams of one leg stand in another order now, or are fewer.
   *
   * @param from for each section of the leg the one that it was before
   */
  void moved(MediaLeg leg, ImmutableList<Integer> from) {
    pairs =
        pairs.stream()
            .map(
                pair ->
                    leg == caller
                        ? pair.fromCaller(from)
                        : leg == callee ? pair.fromCallee(from) : pair)
            .filter(pair -> pair.caller() >= 0 && pair.callee() >= 0)
            .collect(ImmutableList.toImmutableList());
  }

  /** The section of the other leg that belongs to this one; -1 if there is none. */
  int partner(MediaLeg leg, int section) {
    return pairs.stream()
        .filter(pair -> section == (leg == caller ? pair.caller() : pair.callee()))
        .map(pair -> leg == caller ? pair.callee() : pair.caller())
        .findFirst()
        .orElse(-1);
  }

  /** Two streams belong together from now on, and with no others. */
  void add(MediaLeg leg, int section, int other) {
    int calling = leg == caller ? section : other;
    int called = leg == caller ? other : section;
    pairs =
        ImmutableList.<Pair>builder()
            .addAll(
                pairs.stream()
                    .filter(pair -> pair.caller() != calling && pair.callee() != called)
                    .toList())
            .add(renumbered(new Pair(calling, called, PayloadMap.between(List.of(), List.of()))))
            .build();
  }

  /**
   * What a leg is to be told of its streams, so that its pictures come as the other leg sends them:
   * its agreed streams, in part in another direction.
   */
  ImmutableList<MediaStream> following(MediaLeg leg) {
    List<MediaStream> streams = new ArrayList<>(leg.agreed());
    ImmutableList<MediaStream> said = leg.said();
    for (Pair pair : pairs) {
      int section = leg == caller ? pair.caller() : pair.callee();
      MediaStream told = streams.get(section);
      if (told.kind() == MediaStream.Kind.VIDEO && !told.refused()) {
        MediaStream other = other(leg).agreed().get(leg == caller ? pair.callee() : pair.caller());
        MediaStream last = section < said.size() ? said.get(section) : told;
        boolean changed = other.direction().receives() != last.direction().sends();
        streams.set(section, changed ? told.withDirection(other.direction().reversed()) : told);
      }
    }
    return ImmutableList.copyOf(streams);
  }

  /** The leg that this one is joined with. */
  MediaLeg other(MediaLeg leg) {
    return leg == caller ? callee : caller;
  }

  /** Whether these are the two. */
  boolean joins(MediaLeg one, MediaLeg other) {
    return legs().contains(one) && other(one) == other;
  }

  /** The two. */
  ImmutableList<MediaLeg> legs() {
    return ImmutableList.of(caller, callee);
  }

  /** One of the legs has other payload types now. */
  void renumber() {
    pairs = pairs.stream().map(this::renumbered).collect(ImmutableList.toImmutableList());
  }

  private Pair renumbered(Pair pair) {
    PayloadMap payloads =
        PayloadMap.between(
            Agreement.codecs(caller.agreed(), pair.caller()),
            Agreement.codecs(callee.agreed(), pair.callee()));
    return new Pair(pair.caller(), pair.callee(), payloads);
  }
}
