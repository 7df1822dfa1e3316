package org.ringdown.gateway.bridge;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.extension.Extension;
import org.ringdown.gateway.media.MediaException;
import org.ringdown.gateway.media.MediaSession.LegRef;
import org.ringdown.gateway.routing.ExtensionKind;
import org.ringdown.sip.rtp.RtpPortRange;

/** A number that the gateway answers itself: it picks up at once. */
record ExtensionBranch(
    LegRef media,
    ExtensionKind kind,
    RtpPortRange ports,
    ScheduledExecutorService clock,
    Executor executor)
    implements Branch {

  @Override
  public Leg dial(String sdp, LegListener listener) {
    try {
      Extension extension = Extension.answer(kind, sdp, ports, clock);
      executor.execute(() -> listener.onAnswered(extension.sdp()));
      return new ExtensionLeg(media, extension::close);
    } catch (MediaException e) {
      executor.execute(() -> listener.onEnded(MediaReasons.of(e)));
      return new ExtensionLeg(media, () -> {});
    }
  }

  private record ExtensionLeg(LegRef media, Runnable stop) implements Leg {
    @Override
    public void end(EndReason reason) {
      stop.run();
    }
  }
}
