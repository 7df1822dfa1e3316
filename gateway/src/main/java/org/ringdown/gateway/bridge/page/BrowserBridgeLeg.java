package org.ringdown.gateway.bridge.page;

import com.google.common.collect.ImmutableMap;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.MediaNews;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.bridge.reason.BrowserReasons;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.webrtc.page.WebRtcLeg;

/** The call's verbs, said to a page. A page gets one answer, with early media or at the end. */
public final class BrowserBridgeLeg implements Leg {
  private final Seat seat;
  private final WebRtcLeg page;
  private final PageOffers offers;
  private boolean answered;

  /** A page in this seat. */
  public BrowserBridgeLeg(Seat seat, WebRtcLeg page, PageOffers offers) {
    this.seat = seat;
    this.page = page;
    this.offers = offers;
  }

  @Override
  public Seat seat() {
    return seat;
  }

  @Override
  public void say(ImmutableMap<String, String> headers) {
    page.say(headers);
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
  public boolean takesStreams() {
    return true;
  }

  @Override
  public void offer(String sdp) {
    page.offer(sdp);
  }

  @Override
  public void held(boolean held) {
    page.held(held);
  }

  @Override
  public void transferredTo(Party party) {
    page.transferredTo(party.shown().uri(), party.shown().display());
  }

  @Override
  public void digit(char digit, int durationMs) {
    page.dtmf(digit, durationMs);
  }

  @Override
  public void media(MediaNews news) {
    page.media(news.state(), news.evidence(), news.verdict());
  }

  @Override
  public void end(EndReason reason) {
    page.end(BrowserReasons.toBrowser(reason, seat.by()));
  }

  @Override
  public String toString() {
    return "page " + seat.media().name();
  }
}
