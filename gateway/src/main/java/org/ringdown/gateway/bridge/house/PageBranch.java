package org.ringdown.gateway.bridge.house;

import com.google.common.collect.ImmutableMap;
import org.ringdown.gateway.bridge.leg.CallFacts;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.bridge.page.BrowserBridgeLeg;
import org.ringdown.gateway.bridge.page.BrowserLegEvents;
import org.ringdown.gateway.bridge.page.PageOffers;
import org.ringdown.gateway.bridge.ring.Branch;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.webrtc.page.WebRtcLeg;
import org.ringdown.webrtc.page.WebRtcSession;

/** A signed-in page that a call can be offered to. */
record PageBranch(
    LegRef media,
    Party party,
    WebRtcSession session,
    CallFacts facts,
    ImmutableMap<String, String> headers)
    implements Branch {

  @Override
  public Leg dial(String sdp, Seat seat) {
    WebRtcSession.Incoming incoming =
        new WebRtcSession.Incoming(
            facts.from().uri(), facts.from().display(), facts.to(), sdp, headers);
    PageOffers offers = new PageOffers(0);
    WebRtcLeg page = session.offer(incoming, new BrowserLegEvents(seat, offers));
    return new BrowserBridgeLeg(seat, page, offers);
  }
}
