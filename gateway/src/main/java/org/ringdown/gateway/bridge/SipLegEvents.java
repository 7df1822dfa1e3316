package org.ringdown.gateway.bridge;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.config.TrunkPolicy.EarlyMedia;
import org.ringdown.gateway.sdp.policy.DtmfMethod;
import org.ringdown.gateway.trunk.Place;
import org.ringdown.sip.SipEnd;
import org.ringdown.sip.SipLeg;

/** Takes what a SIP dialog does from the SIP threads to the call's executor. */
final class SipLegEvents implements SipLeg.Listener {
  private static final int RINGING = 180;
  private static final int DIGIT_GAP_MS = 70;

  private final Executor executor;
  private final LegListener listener;
  private final By side;
  private final DtmfMethod dtmf;
  private final EarlyMedia earlyMedia;
  private final Place place;

  SipLegEvents(Executor executor, LegListener listener, By side, DtmfMethod dtmf) {
    this(executor, listener, side, dtmf, EarlyMedia.PASS, Place.NONE);
  }

  /**
   * Events of a leg on a trunk.
   *
   * @param earlyMedia what becomes of its sound before the answer
   * @param place the room it takes up there until it ends
   */
  SipLegEvents(
      Executor executor,
      LegListener listener,
      By side,
      DtmfMethod dtmf,
      EarlyMedia earlyMedia,
      Place place) {
    this.dtmf = dtmf;
    this.executor = executor;
    this.listener = listener;
    this.side = side;
    this.earlyMedia = earlyMedia;
    this.place = place;
  }

  @Override
  public void onProgress(int code, @Nullable String sdp) {
    executor.execute(
        () -> {
          if (code == RINGING || (sdp != null && earlyMedia == EarlyMedia.RING)) {
            listener.onAlerted();
          }
          if (sdp != null && earlyMedia == EarlyMedia.PASS) {
            listener.onProgressed(sdp);
          }
        });
  }

  @Override
  public void onAnswered(@Nullable String sdp) {
    executor.execute(
        () -> {
          if (sdp != null) {
            listener.onAnswered(sdp);
          } else {
            listener.onEnded(
                new EndReason(
                    Kind.NOT_ACCEPTABLE_MEDIA, side, 0, 0, "The phone answered without SDP."));
          }
        });
  }

  @Override
  public void onConfirmed() {
    executor.execute(listener::onConfirmed);
  }

  @Override
  public void onOffer(@Nullable String sdp) {
    executor.execute(
        () -> {
          if (sdp != null) {
            listener.onOffer(sdp);
          } else {
            listener.onOfferAsked();
          }
        });
  }

  @Override
  public void onOfferAnswered(@Nullable String sdp) {
    executor.execute(() -> listener.onOfferAnswered(sdp));
  }

  /** A phone that presses each key twice, by an event and by INFO, is not to be heard twice. */
  @Override
  public void onDigit(char digit, int durationMs) {
    if (!dtmf.hasInfo()) {
      return;
    }
    executor.execute(() -> listener.onDigits(String.valueOf(digit), durationMs, DIGIT_GAP_MS));
  }

  @Override
  public void onEnded(SipEnd end) {
    place.close();
    executor.execute(() -> listener.onEnded(SipReasons.fromSip(end, side)));
  }
}
