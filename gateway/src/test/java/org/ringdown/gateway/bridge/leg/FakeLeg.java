package org.ringdown.gateway.bridge.leg;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.routing.Origin;
import org.ringdown.sip.message.NameAddress;

/** A leg that writes down what it is told. */
public final class FakeLeg implements Leg {
  public final List<String> told = new ArrayList<>();
  private final Seat seat;

  public FakeLeg(String name, Dialect dialect) {
    NameAddress shown = new NameAddress("", "sip:" + name + "@ringdown");
    this.seat =
        Seat.ofCaller(
            Party.shown(new Origin.User(name), shown, "device of " + name),
            new LegRef(name, dialect));
  }

  @Override
  public Seat seat() {
    return seat;
  }

  /** What the leg does. */
  public LegListener does() {
    return seat.place().listener();
  }

  @Override
  public void say(ImmutableMap<String, String> headers) {
    told.add("say " + headers);
  }

  @Override
  public void ring() {
    told.add("ring");
  }

  @Override
  public void progress(String sdp) {
    told.add("progress " + sdp);
  }

  @Override
  public void answer(String sdp) {
    told.add("answer " + sdp);
  }

  @Override
  public boolean confirmsAnswers() {
    return media().dialect() == Dialect.PLAIN;
  }

  @Override
  public boolean takesStreams() {
    return true;
  }

  @Override
  public void answerOffer(String sdp) {
    told.add("answerOffer " + sdp);
  }

  @Override
  public void refuseOffer(EndReason reason) {
    told.add("refuseOffer " + reason.kind());
  }

  @Override
  public boolean takesOffers() {
    return media().dialect() == Dialect.PLAIN;
  }

  @Override
  public void offer(String sdp) {
    told.add("offer " + sdp);
  }

  @Override
  public void held(boolean held) {
    told.add(held ? "held" : "resumed");
  }

  @Override
  public void transferredTo(Party party) {
    told.add("talks to " + party.shown().uri());
  }

  @Override
  public void digit(char digit, int durationMs) {
    told.add("digit " + digit);
  }

  @Override
  public void digitsBeside(String digits, int durationMs, int gapMs) {
    told.add("beside " + digits);
  }

  @Override
  public void media(MediaNews news) {
    told.add("media " + news.state().text());
  }

  @Override
  public void end(EndReason reason) {
    told.add("end " + reason.kind());
  }
}
