package org.ringdown.gateway.media.join;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.leg.MediaLeg;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.relay.Reoffer;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * What one leg changes and the other is offered in the middle of a call: streams that are added,
 * pictures that begin or stop. One at a time. Not thread-safe: guarded by the session.
 */
final class StreamChanges {
  private @Nullable StreamAddition addition;

  /**
   * What the other leg is to be asked before this offer can be answered.
   *
   * @param held whether the other leg is on hold
   */
  Optional<String> added(MediaLeg from, MediaLeg.Received offer, Joint joint, boolean held)
      throws MediaException {
    addition = offer.beginsAnew() ? null : StreamAddition.in(from, offer, joint).orElse(null);
    return addition == null ? Optional.empty() : Optional.of(addition.offer(held));
  }

  /** What a leg is to be told of the other's pictures; empty if it knows. */
  Optional<String> following(MediaLeg to, Joint joint, boolean held) throws MediaException {
    addition = null;
    ImmutableList<MediaStream> streams = joint.following(to);
    return streams.equals(to.agreed())
        ? Optional.empty()
        : Optional.of(to.offerAgain(streams, held));
  }

  /** Takes the answer to either. */
  void answered(MediaLeg by, String answer) throws SdpException, MediaException {
    MediaLeg.Received received = by.readAnswer(answer);
    if (addition != null) {
      addition.answered(received);
    } else {
      received.accept(Reoffer.answered(by.said(), received.streams()).streams());
    }
  }

  /** What a leg may be answered: what it has, and what the other side has taken besides. */
  ImmutableList<MediaStream> answerable(MediaLeg leg) {
    return addition == null ? leg.agreed() : addition.answerable(leg);
  }

  /** An offer of the leg has been answered. */
  void settled(MediaLeg leg) {
    if (addition != null && addition.isOf(leg)) {
      addition = null;
    }
  }
}
