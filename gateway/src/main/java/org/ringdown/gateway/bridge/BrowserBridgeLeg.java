package org.ringdown.gateway.bridge;

import com.google.common.collect.ImmutableMap;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.media.MediaSession.LegRef;
import org.ringdown.webrtc.WebRtcLeg;
import org.ringdown.webrtc.WebRtcLeg.MediaState;

/** The call's verbs, said to a page. A page gets one answer, with early media or at the end. */
final class BrowserBridgeLeg implements Leg {
  private final LegRef media;
  private final WebRtcLeg page;
  private final PageOffers offers;
  private final By side;
  private boolean answered;

  BrowserBridgeLeg(LegRef media, WebRtcLeg page, PageOffers offers, By side) {
    this.media = media;
    this.page = page;
    this.offers = offers;
    this.side = side;
  }

  @Override
  public LegRef media() {
    return media;
  }

  @Override
  public void ring() {
    page.ringing();
  }

  @Override
  public void progress(String sdp) {
    if (!answered) {
      answered = true;
      page.answer(offers.last(), sdp);
    }
  }

  @Override
  public void answer(String sdp) {
    progress(sdp);
    page.accepted();
  }

  @Override
  public void answerOffer(String sdp) {
    page.answer(offers.last(), sdp);
  }

  @Override
  public void refuseOffer(EndReason reason) {
    page.refuseOffer(
        offers.last(),
        BrowserReasons.codeOf(reason.kind()),
        reason.text().isEmpty() ? null : reason.text());
  }

  @Override
  public void held(boolean held) {
    page.held(held);
  }

  @Override
  public void digit(char digit, int durationMs) {
    page.dtmf(digit, durationMs);
  }

  @Override
  public void media(MediaState state, ImmutableMap<String, Object> evidence) {
    page.media(state, evidence);
  }

  @Override
  public void end(EndReason reason) {
    page.end(BrowserReasons.toBrowser(reason, side));
  }

  @Override
  public String toString() {
    return "page " + media.name();
  }
}
