package org.ringdown.gateway.bridge.talk;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.LegListener;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.call.CallEvent;
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.media.leg.LegRef;

/** The legs of the two sides of a call, as they are now. Belongs to the call's executor. */
public final class Sides {
  private final Executor call;
  private final Consumer<CallEvent> events;
  private final SideListener requests;
  private final Map<Side, Leg> legs = new EnumMap<>(Side.class);

  /**
   * No legs yet.
   *
   * @param call runs what the legs do
   * @param events hears what changes the call's state
   * @param requests hears the rest
   */
  public Sides(Executor call, Consumer<CallEvent> events, SideListener requests) {
    this.call = call;
    this.events = events;
    this.requests = requests;
  }

  /** A side's leg. */
  public Leg leg(Side side) {
    return Optional.ofNullable(legs.get(side)).orElseThrow();
  }

  /** Who is at the end of a side's leg. */
  public Party party(Side side) {
    return leg(side).seat().party();
  }

  /** A leg that speaks for a side without sitting there. */
  public void put(Side side, Leg leg) {
    legs.put(side, leg);
  }

  /** A leg takes a side's seat: from now on what it does is heard as that side's doing. */
  public void seat(Side side, Leg leg) {
    legs.put(side, leg);
    LegListener listener = new SideEvents(side, leg, events, requests);
    leg.seat().move(new Seat.Place(call, listener, side, leg.media()));
  }

  /** Whether a leg of the media belongs to one of the sides now. */
  boolean has(LegRef media) {
    return legs.values().stream().anyMatch(leg -> leg.media().equals(media));
  }

  /** The side that a leg of the media belongs to. */
  Side of(LegRef media) {
    return leg(Side.CALLER).media().equals(media) ? Side.CALLER : Side.CALLEE;
  }
}
