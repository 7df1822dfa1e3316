package org.ringdown.gateway.media.join;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.leg.BrowserLeg;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.leg.MediaLeg;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.relay.FreshOffer;
import org.ringdown.gateway.sdp.relay.RelayedOffer;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * A page that was loaded anew takes its leg up again with another peer connection: another path,
 * and sections of its own order. The other legs notice nothing. Not thread-safe: guarded by the
 * session.
 */
final class PageReload {
  private final @Nullable CallingLeg calling;
  private final Collection<CalledLeg> called;

  PageReload(@Nullable CallingLeg calling, Collection<CalledLeg> called) {
    this.calling = calling;
    this.called = called;
  }

  /** Answers the first offer of the new connection of a leg that has media. */
  String answer(BrowserLeg leg, MediaLeg.Received offer) throws SdpException {
    FreshOffer fresh = FreshOffer.answer(leg.agreed(), offer.streams());
    Runnable relay = calling != null && calling.media() == leg ? relaying(offer) : () -> {};
    called.stream().map(CalledLeg::joint).forEach(PageReload::disconnect);
    leg.renew(fresh.from());
    String answer = offer.accept(fresh.streams());
    for (CalledLeg other : called) {
      Joint joint = other.joint();
      if (joint != null) {
        joint.moved(leg, fresh.from());
      }
    }
    relay.run();
    return answer;
  }

  /** Takes the offer of a caller that has no answer yet in place of its first. */
  void replace(OfferingCaller caller, MediaLeg.Received offer) throws SdpException, MediaException {
    Runnable relay = relaying(offer);
    caller.media().open(offer.streams());
    relay.run();
  }

  /** What called legs were offered stands from now on for what this offer offers. */
  private Runnable relaying(MediaLeg.Received offer) throws SdpException {
    ImmutableList<MediaStream> streams = offer.streams();
    List<Runnable> steps = new ArrayList<>();
    for (CalledLeg leg : called) {
      RelayedOffer relayed = leg.relayed().offeredAnew(streams);
      steps.add(() -> leg.relay(relayed));
    }
    if (calling instanceof OfferingCaller caller) {
      steps.add(() -> caller.offersAnew(offer));
    }
    return () -> steps.forEach(Runnable::run);
  }

  private static void disconnect(@Nullable Joint joint) {
    if (joint != null) {
      joint.disconnect();
    }
  }
}
