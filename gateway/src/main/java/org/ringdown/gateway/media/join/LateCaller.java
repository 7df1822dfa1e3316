package org.ringdown.gateway.media.join;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.leg.MediaLeg;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.sdp.relay.LateOffer;
import org.ringdown.gateway.sdp.relay.RelayedAnswer;
import org.ringdown.gateway.sdp.relay.RelayedOffer;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * A caller without an offer: it is offered to as a called leg is, once a called leg has answered,
 * and joined when its own answer comes. It gets one offer; what the called side says later has to
 * fit it.
 */
final class LateCaller implements CallingLeg {
  private final MediaLeg media;
  private @Nullable String offer;
  private @Nullable Across across;
  private @Nullable ImmutableList<MediaStream> answer;

  /** The called leg that answered last, and its streams as they are relayed to the caller. */
  private record Across(CalledLeg leg, RelayedOffer relayed) {}

  LateCaller(MediaLeg media) {
    this.media = media;
  }

  @Override
  public MediaLeg media() {
    return media;
  }

  private MediaPolicy policy() {
    return media.events().leg().policy();
  }

  @Override
  public ImmutableList<MediaStream> offered() {
    return LateOffer.toCallee(policy());
  }

  @Override
  public String calleeAnswered(CalledLeg leg, MediaLeg.Received received) throws SdpException {
    ImmutableList<MediaStream> streams = leg.relayed().answered(received.streams()).calleeStreams();
    String given = offer;
    if (given == null) {
      streams = LateOffer.settled(streams);
    }
    Across answered = new Across(leg, RelayedOffer.toPhone(streams, policy()));
    if (answer != null) {
      join(answered, answer);
    }
    received.accept(streams);
    across = answered;
    if (given == null) {
      given = media.offer(answered.relayed().streams());
      offer = given;
    }
    return given;
  }

  /**
   * The caller has answered.
   *
   * @return the called leg that it is joined with; empty if that has not answered yet
   */
  Optional<CalledLeg> callerAnswered(MediaLeg.Received received) throws SdpException {
    Across called = across;
    if (called == null) {
      return Optional.empty();
    }
    RelayedAnswer agreed = join(called, received.streams());
    received.accept(agreed.calleeStreams());
    answer = received.streams();
    return Optional.of(called.leg());
  }

  /** The caller plays the part of a called leg here. */
  private RelayedAnswer join(Across called, ImmutableList<MediaStream> answered)
      throws SdpException {
    RelayedAnswer agreed = called.relayed().answered(answered);
    called.leg().joint(new Joint(called.leg().media(), media, agreed.pairs()));
    return agreed;
  }
}
