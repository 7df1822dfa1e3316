package org.ringdown.gateway.bridge.phone;

import com.google.common.collect.ImmutableListMultimap;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.LegListener;
import org.ringdown.gateway.bridge.leg.Passed;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.bridge.leg.TransferRequest;
import org.ringdown.gateway.bridge.reason.SipReasons;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.config.TrunkPolicy.EarlyMedia;
import org.ringdown.gateway.trunk.Place;
import org.ringdown.sip.leg.Referral;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.leg.SipLeg;

/** Takes what a SIP dialog does from the SIP threads to the call that its leg sits in. */
public final class SipLegEvents implements SipLeg.Listener {
  private static final int RINGING = 180;
  private static final int NO_CONNECTION = 503;
  private static final int DIGIT_GAP_MS = 70;

  private final Seat seat;
  private final EarlyMedia earlyMedia;
  private final Place place;
  private final Runnable unreachable;

  /**
   * Events of a phone's leg.
   *
   * @param unreachable is run if the phone's address does not lead to it, on any thread
   */
  public SipLegEvents(Seat seat, Runnable unreachable) {
    this(seat, EarlyMedia.PASS, Place.NONE, unreachable);
  }

  /**
   * Events of a leg on a trunk.
   *
   * @param earlyMedia what becomes of its sound before the answer
   * @param place the room it takes up there until it ends
   */
  public SipLegEvents(Seat seat, EarlyMedia earlyMedia, Place place) {
    this(seat, earlyMedia, place, () -> {});
  }

  private SipLegEvents(Seat seat, EarlyMedia earlyMedia, Place place, Runnable unreachable) {
    this.unreachable = unreachable;
    this.seat = seat;
    this.earlyMedia = earlyMedia;
    this.place = place;
  }

  /** Where the leg sits. */
  Seat seat() {
    return seat;
  }

  @Override
  public void onHeaders(ImmutableListMultimap<String, String> headers) {
    seat.tell(listener -> listener.onHeaders(Passed.joined(headers)));
  }

  @Override
  public void onProgress(int code, @Nullable String sdp) {
    seat.tell(
        listener -> {
          if (code == RINGING || (sdp != null && earlyMedia == EarlyMedia.RING)) {
            listener.onAlerted();
          }
          if (sdp != null && earlyMedia == EarlyMedia.PASS) {
            listener.onProgressed(sdp);
          }
        });
  }

  @Override
  public void onAnswered(String sdp) {
    seat.tell(listener -> listener.onAnswered(sdp));
  }

  @Override
  public void onConfirmed() {
    seat.tell(LegListener::onConfirmed);
  }

  @Override
  public void onOffer(@Nullable String sdp) {
    seat.tell(
        listener -> {
          if (sdp != null) {
            listener.onOffer(sdp);
          } else {
            listener.onOfferAsked();
          }
        });
  }

  @Override
  public void onOfferAnswered(@Nullable String sdp) {
    seat.tell(listener -> listener.onOfferAnswered(sdp));
  }

  @Override
  public void onRefer(Referral referral) {
    TransferRequest request = ReferralReport.request(referral);
    seat.tell(listener -> listener.onTransfer(request));
  }

  /** A phone that presses each key twice, by an event and by INFO, is not to be heard twice. */
  @Override
  public void onDigit(char digit, int durationMs) {
    if (seat.media().policy().dtmf().hasInfo()) {
      seat.tell(listener -> listener.onDigits(String.valueOf(digit), durationMs, DIGIT_GAP_MS));
    }
  }

  @Override
  public void onPictureAsked() {
    seat.tell(LegListener::onPictureAsked);
  }

  @Override
  public void onEnded(SipEnd end) {
    place.close();
    if (end.kind() == SipEnd.Kind.UNREACHABLE && end.status().code() == NO_CONNECTION) {
      unreachable.run();
    }
    seat.tell(
        listener -> {
          EndReason reason = SipReasons.fromSip(end, seat.by());
          if (end.redirects().isEmpty()) {
            listener.onEnded(reason);
          } else {
            listener.onRedirected(end.redirects(), reason);
          }
        });
  }
}
