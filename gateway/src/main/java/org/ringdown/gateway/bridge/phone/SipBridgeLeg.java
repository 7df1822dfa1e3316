package org.ringdown.gateway.bridge.phone;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import java.util.function.Consumer;
import org.ringdown.gateway.bridge.leg.Handover;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.bridge.reason.SipReasons;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.trunk.Place;
import org.ringdown.sip.leg.SipLeg;

/** The call's verbs, said to a SIP dialog. */
public final class SipBridgeLeg implements Leg {
  private final Seat seat;
  private final SipLeg sip;
  private final Place place;

  /** A phone's leg. */
  public SipBridgeLeg(Seat seat, SipLeg sip) {
    this(seat, sip, Place.NONE);
  }

  /**
   * A leg on a trunk.
   *
   * @param place the room it takes up there until it ends
   */
  public SipBridgeLeg(Seat seat, SipLeg sip, Place place) {
    this.seat = seat;
    this.sip = sip;
    this.place = place;
  }

  @Override
  public Seat seat() {
    return seat;
  }

  @Override
  public void say(ImmutableMap<String, String> headers) {
    sip.say(headers);
  }

  @Override
  public void ring() {
    sip.ring();
  }

  @Override
  public void progress(String sdp) {
    sip.progress(sdp);
  }

  @Override
  public void answer(String sdp) {
    sip.answer(sdp);
  }

  /** By ACK (RFC 3261 section 13.2.2.4). */
  @Override
  public boolean confirmsAnswers() {
    return true;
  }

  @Override
  public void answerOffer(String sdp) {
    sip.answerOffer(sdp);
  }

  @Override
  public void refuseOffer(EndReason reason) {
    sip.refuseOffer(SipReasons.toSip(reason));
  }

  /** By re-INVITE (RFC 3261 section 14.1). */
  @Override
  public boolean takesOffers() {
    return true;
  }

  /** A phone without pictures refuses them, and the call stays as it was. */
  @Override
  public boolean takesStreams() {
    return true;
  }

  @Override
  public void offer(String sdp) {
    sip.offer(sdp);
  }

  /** By INFO, unless the operator wants digits nowhere but in the media. */
  @Override
  public void digitsBeside(String digits, int durationMs, int gapMs) {
    if (media().policy().dtmf().hasInfo()) {
      sip.digits(digits, durationMs, gapMs);
    }
  }

  /** By INFO (RFC 5168). */
  @Override
  public void askPicture() {
    sip.askPicture();
  }

  @Override
  public void refer(Handover handover) {
    sip.refer(handover.to(), handover.onlyIfAble(), new ReferNews(handover.progress(), seat));
  }

  @Override
  public void placeAt(Consumer<Optional<String>> known) {
    sip.referTo(known);
  }

  @Override
  public void end(EndReason reason) {
    place.close();
    sip.end(SipReasons.toSip(reason));
  }

  @Override
  public String toString() {
    return "sip " + seat.media().name();
  }
}
