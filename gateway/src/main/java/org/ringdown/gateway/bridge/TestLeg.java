package org.ringdown.gateway.bridge;

import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.linetest.LineTest;

/** The calling leg of a test of a line. */
record TestLeg(Seat seat, LineTest test) implements Leg {
  @Override
  public void answer(String sdp) {
    test.answered(sdp);
  }

  @Override
  public void end(EndReason reason) {
    test.ended(reason);
  }
}
