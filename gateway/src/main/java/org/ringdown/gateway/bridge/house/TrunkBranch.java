package org.ringdown.gateway.bridge.house;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.bridge.phone.SipBridgeLeg;
import org.ringdown.gateway.bridge.phone.SipLegEvents;
import org.ringdown.gateway.bridge.ring.Branch;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.trunk.OutgoingCall;
import org.ringdown.gateway.trunk.Place;
import org.ringdown.gateway.trunk.TrunkLink;

/** A number on a trunk. A trunk that is known to be down, or has no room, refuses at once. */
record TrunkBranch(
    LegRef media, Party party, TrunkLink trunk, Route.ToTrunk route, OutgoingCall call)
    implements Branch {

  @Override
  public Optional<Branch> instead(EndReason refusal) {
    if (trunk.asksForOffer()) {
      return Optional.empty(); // what it refuses is not what we have offered
    }
    return media
        .encryptedAfter(refusal.status())
        .map(encrypted -> new TrunkBranch(encrypted, party, trunk, route, call));
  }

  @Override
  public Optional<Asking> asking() {
    return trunk.asksForOffer() ? Optional.of(seat -> call(null, seat)) : Optional.empty();
  }

  @Override
  public Leg dial(String sdp, Seat seat) {
    return call(sdp, seat);
  }

  private Leg call(@Nullable String sdp, Seat seat) {
    Optional<String> obstacle = trunk.obstacle();
    if (obstacle.isPresent()) {
      return refused(Kind.UNAVAILABLE, obstacle.get(), seat);
    }
    return trunk
        .room()
        .map(place -> call(sdp, seat, place))
        .orElseGet(() -> refused(Kind.OVERLOADED, trunk.limit(), seat));
  }

  private Leg call(@Nullable String sdp, Seat seat, Place place) {
    SipLegEvents events = new SipLegEvents(seat, trunk.earlyMedia(), place);
    return new SipBridgeLeg(seat, trunk.dial(route.number(), call, sdp, events), place);
  }

  private static Leg refused(Kind kind, String why, Seat seat) {
    EndReason reason = EndReason.byGateway(kind, why);
    seat.tell(listener -> listener.onEnded(reason));
    return new NoLeg(seat);
  }

  private record NoLeg(Seat seat) implements Leg {
    @Override
    public void end(EndReason reason) {
      // It never began.
    }
  }
}
