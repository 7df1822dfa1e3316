package org.ringdown.gateway.bridge.house;

import java.util.concurrent.ScheduledExecutorService;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.bridge.reason.MediaReasons;
import org.ringdown.gateway.bridge.ring.Branch;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.extension.Extension;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.routing.ExtensionKind;
import org.ringdown.sip.rtp.RtpPortRange;

/** A number that the gateway answers itself: it picks up at once. */
record ExtensionBranch(
    LegRef media,
    Party party,
    ExtensionKind kind,
    RtpPortRange ports,
    ScheduledExecutorService clock)
    implements Branch {

  @Override
  public Leg dial(String sdp, Seat seat) {
    try {
      Extension extension = Extension.answer(kind, sdp, ports, clock);
      seat.tell(listener -> listener.onAnswered(extension.sdp()));
      return new ExtensionLeg(seat, extension::close);
    } catch (MediaException e) {
      seat.tell(listener -> listener.onEnded(MediaReasons.of(e)));
      return new ExtensionLeg(seat, () -> {});
    }
  }

  private record ExtensionLeg(Seat seat, Runnable stop) implements Leg {
    @Override
    public void end(EndReason reason) {
      stop.run();
    }
  }
}
