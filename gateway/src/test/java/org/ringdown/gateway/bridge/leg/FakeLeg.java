package org.ringdown.gateway.bridge.leg;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.routing.Origin;
import org.ringdown.sip.message.NameAddress;

/** A leg that writes down what it is told. */
public final class FakeLeg implements Leg {
  public final List<String> told = new ArrayList<>();
  private final Seat seat;

  private Handover.@Nullable Progress handover;

  public FakeLeg(String name, Dialect dialect) {
    this(name, dialect, new Origin.User(name));
  }

  public FakeLeg(String name, Dialect dialect, Origin origin) {
    NameAddress shown = new NameAddress("", "sip:" + name + "@ringdown");
    this.seat =
        Seat.ofCaller(Party.shown(origin, shown, "device of " + name), new LegRef(name, dialect));
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
  public void askPicture() {
    told.add("picture asked");
  }

  @Override
  public void media(MediaNews news) {
    told.add("media " + news.state().text());
  }

  @Override
  public void refer(Handover asked) {
    told.add("refer to " + asked.to() + (asked.onlyIfAble() ? " if able" : ""));
    handover = asked.progress();
  }

  @Override
  public void placeAt(Consumer<Optional<String>> known) {
    known.accept(Optional.of("place of " + media().name()));
  }

  /** What the leg says that was asked to call somebody by itself. */
  public Handover.Progress says() {
    return Optional.ofNullable(handover).orElseThrow();
  }

  @Override
  public void end(EndReason reason) {
    told.add("end " + reason.kind());
  }
}
