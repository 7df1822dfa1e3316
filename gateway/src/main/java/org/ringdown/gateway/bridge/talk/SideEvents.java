package org.ringdown.gateway.bridge.talk;

import com.google.common.collect.ImmutableMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.Claim;
import org.ringdown.gateway.bridge.leg.FarEnd;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.LegListener;
import org.ringdown.gateway.bridge.leg.Replacement;
import org.ringdown.gateway.bridge.leg.TransferRequest;
import org.ringdown.gateway.call.CallEvent;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.LegSdp;
import org.ringdown.gateway.call.Side;

/** What the leg of one side does, as the call sees it. */
record SideEvents(Side side, Leg leg, Consumer<CallEvent> events, SideListener requests)
    implements LegListener {

  /** One that has called to be the callee confirms nothing of the caller's. */
  @Override
  public void onHeaders(ImmutableMap<String, String> headers) {
    requests.onHeaders(side, headers);
  }

  @Override
  public void onConfirmed() {
    if (side == Side.CALLER) {
      events.accept(new CallEvent.Confirmed());
    }
  }

  @Override
  public void onOffer(String sdp) {
    events.accept(new CallEvent.Reoffered(side, new LegSdp(leg.media().name(), sdp)));
  }

  @Override
  public void onDigits(String digits, int durationMs, int gapMs) {
    requests.onDigits(side, digits, durationMs, gapMs);
  }

  @Override
  public void onHold(boolean holds) {
    requests.onHold(side, holds);
  }

  @Override
  public void onCandidate(String line) {
    requests.onCandidate(side, line);
  }

  @Override
  public void onStats(
      ImmutableMap<String, Object> report, Consumer<ImmutableMap<String, Object>> seen) {
    requests.onStats(side, report, seen);
  }

  @Override
  public void onPictureAsked() {
    requests.onPictureAsked(side);
  }

  @Override
  public void onOfferAsked() {
    requests.onOfferAsked(side);
  }

  /** A page answers every offer alike. */
  @Override
  public void onAnswered(String sdp) {
    requests.onOfferAnswered(side, sdp);
  }

  @Override
  public void onOfferAnswered(@Nullable String sdp) {
    requests.onOfferAnswered(side, sdp);
  }

  @Override
  public void onTransfer(TransferRequest request) {
    requests.onTransfer(side, request);
  }

  @Override
  public void onClaimed(Claim claim) {
    requests.onClaimed(side, claim);
  }

  @Override
  public void onFarEndAsked(FarEnd asked) {
    requests.onFarEndAsked(side, asked);
  }

  @Override
  public void onFarEndGone() {
    requests.onFarEndGone(side);
  }

  @Override
  public void onReplaced(Replacement replacement) {
    requests.onReplaced(side, replacement);
  }

  @Override
  public void onEnded(EndReason reason) {
    events.accept(new CallEvent.Ended(side, reason));
  }
}
