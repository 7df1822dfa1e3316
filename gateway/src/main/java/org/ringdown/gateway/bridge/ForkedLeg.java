package org.ringdown.gateway.bridge;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.call.CallEvent;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.media.MediaSession.LegRef;
import org.ringdown.gateway.routing.Hunt;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.routing.Step;
import org.ringdown.webrtc.WebRtcLeg.MediaState;

/**
 * The callee: of each step of the route all devices at once, until one of them answers; one step
 * after the other. The caller notices nothing of the steps. Belongs to the call's executor.
 */
final class ForkedLeg implements Leg {
  private final Hunt hunt;
  private final Function<Step<Route>, ImmutableList<Branch>> devices;
  private final CallMedia media;
  private final RingGroup.Owner owner;
  private @Nullable RingGroup called;
  private boolean over;

  /**
   * A callee that nobody has called yet.
   *
   * @param devices where whoever a step means can be reached now, each of them a leg of its own
   */
  ForkedLeg(
      Hunt hunt,
      Function<Step<Route>, ImmutableList<Branch>> devices,
      CallMedia media,
      Consumer<CallEvent> events,
      SideListener requests) {
    this.hunt = hunt;
    this.devices = devices;
    this.media = media;
    this.owner = new RingGroup.Owner(events, requests, this::unanswered);
  }

  /** Offers the call to the first. */
  void offer() {
    goOn();
  }

  /** Those who ring now have had their time. */
  void giveUp(EndReason reason) {
    called().ifPresent(group -> group.end(reason));
    unanswered(reason);
  }

  private void unanswered(EndReason reason) {
    hunt.unanswered(reason);
    goOn();
  }

  private void goOn() {
    if (over) {
      return;
    }
    Optional<Step<Route>> next = hunt.next();
    if (next.isPresent()) {
      call(next.get());
    } else {
      over = true;
      owner.events().accept(new CallEvent.Ended(Side.CALLEE, hunt.verdict()));
    }
  }

  private void call(Step<Route> step) {
    owner.events().accept(new CallEvent.Attempted(step.ringFor()));
    RingGroup group = new RingGroup(devices.apply(step), media, owner);
    called = group;
    group.ring();
  }

  private Optional<RingGroup> called() {
    return Optional.ofNullable(called);
  }

  /** The device that answered. */
  private Optional<Leg> winner() {
    return called().flatMap(RingGroup::winner);
  }

  private Optional<Leg> spokenTo() {
    return called().flatMap(RingGroup::spokenTo);
  }

  @Override
  public LegRef media() {
    return spokenTo().orElseThrow().media();
  }

  @Override
  public boolean isThere() {
    return spokenTo().isPresent();
  }

  @Override
  public void answerOffer(String sdp) {
    winner().ifPresent(leg -> leg.answerOffer(sdp));
  }

  @Override
  public void refuseOffer(EndReason reason) {
    winner().ifPresent(leg -> leg.refuseOffer(reason));
  }

  @Override
  public boolean takesOffers() {
    return winner().filter(Leg::takesOffers).isPresent();
  }

  @Override
  public void offer(String sdp) {
    winner().ifPresent(leg -> leg.offer(sdp));
  }

  @Override
  public void held(boolean held) {
    winner().ifPresent(leg -> leg.held(held));
  }

  @Override
  public void digit(char digit, int durationMs) {
    spokenTo().ifPresent(leg -> leg.digit(digit, durationMs));
  }

  @Override
  public void digitsBeside(String digits, int durationMs, int gapMs) {
    winner().ifPresent(leg -> leg.digitsBeside(digits, durationMs, gapMs));
  }

  @Override
  public void media(MediaState state, ImmutableMap<String, Object> evidence) {
    winner().ifPresent(leg -> leg.media(state, evidence));
  }

  @Override
  public void end(EndReason reason) {
    over = true;
    called().ifPresent(group -> group.end(reason));
  }
}
