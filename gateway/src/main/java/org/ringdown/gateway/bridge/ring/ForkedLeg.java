package org.ringdown.gateway.bridge.ring;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.leg.Replacement;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.LegSdp;
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.routing.Hunt;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.routing.Step;

/**
 * Somebody who is called: of each step of the route all devices at once, until one of them answers;
 * one step after the other. The other side notices nothing of the steps. Whoever has answered is on
 * its own from then on. Belongs to the call's executor.
 */
public final class ForkedLeg implements Leg {
  private final Way way;
  private final RingGroup.Offers media;
  private final RingGroup.House house;
  private final Outcome outcome;
  private @Nullable RingGroup called;
  private boolean over;

  /**
   * Who is to be called.
   *
   * @param hunt one after the other
   * @param devices where whoever a step means can be reached now, each of them a leg of its own
   * @param redirects where a device leads that wants to be looked for elsewhere
   */
  public record Way(
      Hunt hunt, Function<Step<Route>, ImmutableList<Branch>> devices, Redirects redirects) {}

  /** Finds whom a redirection leads to. */
  public interface Redirects {
    /**
     * The devices that a device redirects to, by its own rights; none if it may not.
     *
     * @param by whoever redirects
     * @param uri where to
     */
    ImmutableList<Branch> of(Party by, String uri);
  }

  /** What comes of it: any number of the first three, then one of the others at most. */
  public interface Outcome {
    /** Somebody is called, for so long at most; null for as long as calls usually ring. */
    void attempted(@Nullable Duration ringFor);

    /** The header fields that a device says with what is told of it next. */
    default void said(Party by, LegRef device, ImmutableMap<String, String> headers) {}

    /** A device alerts. */
    void alerted();

    /** A device sends media before it answers. */
    void progressed(LegSdp early);

    /** A device picked up. */
    void answered(Leg winner, LegSdp answer);

    /**
     * Somebody takes the call where it rings.
     *
     * @return whether the call has taken it; else it is refused, and all ring on
     */
    boolean pickedUp(Replacement by);

    /** Nobody is left. */
    void refused(EndReason reason);
  }

  /**
   * A callee that nobody has called yet.
   *
   * @param side the one that whoever answers is for
   * @param call runs what the devices do
   */
  public ForkedLeg(Way way, Side side, RingGroup.Offers media, Executor call, Outcome outcome) {
    this.way = way;
    this.media = media;
    this.house = new RingGroup.House(side, call, outcome, way.redirects(), this::unanswered);
    this.outcome = outcome;
  }

  /** Offers the call to the first. */
  public void offer() {
    goOn();
  }

  /** Those who ring now have had their time. */
  public void giveUp(EndReason reason) {
    called().ifPresent(group -> group.end(reason));
    unanswered(reason);
  }

  private void unanswered(EndReason reason) {
    way.hunt().unanswered(reason);
    goOn();
  }

  private void goOn() {
    if (over) {
      return;
    }
    Optional<Step<Route>> next = way.hunt().next();
    if (next.isPresent()) {
      call(next.get());
    } else {
      over = true;
      outcome.refused(way.hunt().verdict());
    }
  }

  private void call(Step<Route> step) {
    outcome.attempted(step.ringFor());
    RingGroup group = new RingGroup(way.devices().apply(step), media, house);
    called = group;
    group.ring();
  }

  private Optional<RingGroup> called() {
    return Optional.ofNullable(called);
  }

  /** The device that the other side hears before any has answered. */
  private Optional<Leg> heardEarly() {
    return called().flatMap(RingGroup::heardEarly);
  }

  @Override
  public Seat seat() {
    return heardEarly().orElseThrow().seat();
  }

  @Override
  public boolean isThere() {
    return heardEarly().isPresent();
  }

  @Override
  public void digit(char digit, int durationMs) {
    heardEarly().ifPresent(leg -> leg.digit(digit, durationMs));
  }

  @Override
  public void end(EndReason reason) {
    over = true;
    called().ifPresent(group -> group.end(reason));
  }
}
