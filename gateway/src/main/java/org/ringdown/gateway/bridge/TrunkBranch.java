package org.ringdown.gateway.bridge;

import java.util.Optional;
import java.util.concurrent.Executor;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.media.MediaSession.LegRef;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.trunk.OutgoingCall;
import org.ringdown.gateway.trunk.Place;
import org.ringdown.gateway.trunk.TrunkLink;

/** A number on a trunk. A trunk that is known to be down, or has no room, refuses at once. */
record TrunkBranch(
    LegRef media, TrunkLink trunk, Route.ToTrunk route, OutgoingCall call, Executor executor)
    implements Branch {

  @Override
  public Optional<Branch> instead(EndReason refusal) {
    return media
        .encryptedAfter(refusal.status())
        .map(encrypted -> new TrunkBranch(encrypted, trunk, route, call, executor));
  }

  @Override
  public Leg dial(String sdp, LegListener listener) {
    Optional<String> obstacle = trunk.obstacle();
    if (obstacle.isPresent()) {
      return refused(Kind.UNAVAILABLE, obstacle.get(), listener);
    }
    return trunk
        .room()
        .map(place -> dial(sdp, listener, place))
        .orElseGet(() -> refused(Kind.OVERLOADED, trunk.limit(), listener));
  }

  private Leg dial(String sdp, LegListener listener, Place place) {
    SipLegEvents events =
        new SipLegEvents(
            executor, listener, By.CALLEE, media.policy().dtmf(), trunk.earlyMedia(), place);
    return new SipBridgeLeg(media, trunk.dial(route.number(), call, sdp, events), place);
  }

  private Leg refused(Kind kind, String why, LegListener listener) {
    EndReason reason = EndReason.byGateway(kind, why);
    executor.execute(() -> listener.onEnded(reason));
    return new NoLeg(media);
  }

  private record NoLeg(LegRef media) implements Leg {
    @Override
    public void end(EndReason reason) {
      // It never began.
    }
  }
}
