package org.ringdown.gateway.bridge.leg;

import java.util.Optional;
import java.util.function.Consumer;
import org.ringdown.gateway.routing.Origin;

/**
 * A call asks another one for the address of the leg across from one of the same party, so that
 * somebody else can be sent to take that party's place there.
 *
 * @param place where that leg must be for that
 * @param known gets the address, or empty; once, on any thread
 */
public record FarEnd(Origin place, Consumer<Optional<String>> known) {
  /** It is this leg. */
  public void is(Leg leg) {
    if (leg.seat().party().origin().equals(place)) {
      leg.placeAt(known);
    } else {
      unknown();
    }
  }

  /** There is no such leg, or not now. */
  public void unknown() {
    known.accept(Optional.empty());
  }
}
