package org.ringdown.gateway.media.join;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.leg.MediaLeg;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.relay.AddedStreams;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * A leg adds streams to its call: the other one is asked first, and the offer is answered with what
 * that one has taken. Not thread-safe: guarded by the session.
 */
final class StreamAddition {
  private final MediaLeg from;
  private final MediaLeg to;
  private final Joint joint;
  private final AddedStreams added;
  private AddedStreams.@Nullable Taken taken;

  private StreamAddition(MediaLeg from, Joint joint, AddedStreams added) {
    this.from = from;
    this.to = joint.other(from);
    this.joint = joint;
    this.added = added;
  }

  /** What this offer adds; empty if that is nothing that the other side could take. */
  static Optional<StreamAddition> in(MediaLeg from, MediaLeg.Received offer, Joint joint) {
    MediaLeg to = joint.other(from);
    LegRef ref = to.events().leg();
    AddedStreams.Beside beside =
        new AddedStreams.Beside(
            to.agreed(),
            place -> joint.partner(from, place),
            ref.dialect() == Dialect.PLAIN ? ref.policy() : null);
    return AddedStreams.in(from.agreed(), offer.streams(), beside)
        .map(added -> new StreamAddition(from, joint, added));
  }

  /** The offer for the other leg. */
  String offer(boolean held) throws MediaException {
    return to.offerAgain(added.offer(), held);
  }

  /** Takes the other leg's answer. */
  void answered(MediaLeg.Received received) throws SdpException, MediaException {
    AddedStreams.Taken result = added.answered(received.streams());
    received.accept(result.other());
    for (AddedStreams.Pair pair : result.pairs()) {
      from.open(pair.ours(), result.ours().get(added.places().indexOf(pair.ours())));
      joint.add(from, pair.ours(), pair.other());
    }
    taken = result;
  }

  /** Whether this leg adds the streams. */
  boolean isOf(MediaLeg leg) {
    return leg == from;
  }

  /** What a leg may be answered: what it has, and what was taken of what it adds. */
  ImmutableList<MediaStream> answerable(MediaLeg leg) {
    AddedStreams.Taken result = taken;
    if (leg != from || result == null) {
      return leg.agreed();
    }
    List<MediaStream> streams = new ArrayList<>(leg.agreed());
    for (int i = 0; i < added.places().size(); i++) {
      int place = added.places().get(i);
      if (place < streams.size()) {
        streams.set(place, result.ours().get(i));
      } else if (place == streams.size()) {
        streams.add(result.ours().get(i));
      }
    }
    return ImmutableList.copyOf(streams);
  }
}
