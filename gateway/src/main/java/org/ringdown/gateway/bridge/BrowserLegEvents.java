package org.ringdown.gateway.bridge;

import com.google.common.collect.ImmutableMap;
import java.util.concurrent.Executor;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.webrtc.WebRtcLeg;
import org.ringdown.webrtc.signaling.ReasonCode;

/** Takes what a page does with a call from Jetty's threads to the call's executor. */
final class BrowserLegEvents implements WebRtcLeg.Listener {
  private final Executor executor;
  private final LegListener listener;
  private final PageOffers offers;
  private final By side;

  BrowserLegEvents(Executor executor, LegListener listener, PageOffers offers, By side) {
    this.executor = executor;
    this.listener = listener;
    this.offers = offers;
    this.side = side;
  }

  @Override
  public void onRinging() {
    executor.execute(listener::onAlerted);
  }

  @Override
  public void onAnswer(String sdp) {
    executor.execute(() -> listener.onAnswered(sdp));
  }

  @Override
  public void onOffer(String sdp) {
    executor.execute(
        () -> {
          offers.next();
          listener.onOffer(sdp);
        });
  }

  @Override
  public void onHold(boolean holds) {
    executor.execute(() -> listener.onHold(holds));
  }

  @Override
  public void onDtmf(String digits, int durationMs, int gapMs) {
    executor.execute(() -> listener.onDigits(digits, durationMs, gapMs));
  }

  @Override
  public void onStats(ImmutableMap<String, Object> report) {
    executor.execute(() -> listener.onStats(report));
  }

  @Override
  public void onHangup(ReasonCode reason) {
    executor.execute(() -> listener.onEnded(BrowserReasons.fromBrowser(reason, side)));
  }

  @Override
  public void onLost() {
    executor.execute(
        () -> listener.onEnded(BrowserReasons.fromBrowser(ReasonCode.CONNECTION_LOST, side)));
  }
}
