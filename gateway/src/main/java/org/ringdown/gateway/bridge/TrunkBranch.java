package org.ringdown.gateway.bridge;

import java.util.Optional;
import java.util.concurrent.Executor;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.media.MediaSession.LegRef;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.trunk.TrunkLink;

/** A number on a trunk. A trunk that is known to be down refuses at once. */
record TrunkBranch(
    LegRef media, TrunkLink trunk, Route.ToTrunk route, CallFacts facts, Executor executor)
    implements Branch {

  @Override
  public Leg dial(String sdp, LegListener listener) {
    Optional<String> obstacle = trunk.obstacle();
    if (obstacle.isPresent()) {
      EndReason down = EndReason.byGateway(Kind.UNAVAILABLE, obstacle.get());
      executor.execute(() -> listener.onEnded(down));
      return new NoLeg(media);
    }
    SipLegEvents events = new SipLegEvents(executor, listener, By.CALLEE, media.policy().dtmf());
    return new SipBridgeLeg(media, trunk.dial(route.number(), facts.from(), sdp, events));
  }

  private record NoLeg(LegRef media) implements Leg {
    @Override
    public void end(EndReason reason) {
      // It never began.
    }
  }
}
