package org.ringdown.gateway.bridge;

import com.google.common.collect.ImmutableMap;
import java.util.concurrent.Executor;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.media.MediaSession.LegRef;
import org.ringdown.webrtc.WebRtcSession;

/** A signed-in page that a call can be offered to. */
record PageBranch(
    LegRef media,
    WebRtcSession session,
    CallFacts facts,
    ImmutableMap<String, String> headers,
    Executor executor)
    implements Branch {

  @Override
  public Leg dial(String sdp, LegListener listener) {
    WebRtcSession.Incoming incoming =
        new WebRtcSession.Incoming(
            facts.from().uri(), facts.from().display(), facts.to(), sdp, headers);
    PageOffers offers = new PageOffers(0);
    BrowserLegEvents events = new BrowserLegEvents(executor, listener, offers, By.CALLEE);
    return new BrowserBridgeLeg(media, session.offer(incoming, events), offers, By.CALLEE);
  }
}
