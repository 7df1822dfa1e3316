package org.ringdown.gateway.media.join;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.leg.BrowserLeg;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.leg.MediaLeg;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.relay.AddedStreams;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * A page adds streams to its call with another page: the other one is asked first, and the offer is
 * answered with what that one has taken. Not thread-safe: guarded by the session.
 */
final class StreamAddition {
  private final BrowserLeg from;
  private final BrowserLeg to;
  private final Joint joint;
  private final AddedStreams added;
  private AddedStreams.@Nullable Taken taken;

  private StreamAddition(BrowserLeg from, BrowserLeg to, Joint joint, AddedStreams added) {
    this.from = from;
    this.to = to;
    this.joint = joint;
    this.added = added;
  }

  /** What this offer adds; empty if that is nothing that the other side could take. */
  static Optional<StreamAddition> in(
      BrowserLeg from, MediaLeg.Received offer, BrowserLeg to, Joint joint) {
    return AddedStreams.in(from.agreed(), offer.streams(), to.agreed())
        .map(added -> new StreamAddition(from, to, joint, added));
  }

  /** The offer for the other page. */
  String offer() throws MediaException {
    return to.offerAgain(added.offer());
  }

  /** Takes the other page's answer. */
  void answered(MediaLeg.Received received) throws SdpException {
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
