package org.ringdown.gateway.bridge.session;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.CallFacts;
import org.ringdown.gateway.bridge.leg.FakeLeg;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.LegListener;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.bridge.ring.Branch;
import org.ringdown.gateway.bridge.transfer.Targets;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.LegRef;

/** A device that a call can be offered to, with the test's hand on it. */
final class FakeBranch implements Branch {
  final FakeLeg leg;
  @Nullable String offered;
  boolean asked;

  FakeBranch(String name) {
    this(name, Dialect.PLAIN);
  }

  FakeBranch(String name, Dialect dialect) {
    leg = new FakeLeg(name, dialect);
  }

  FakeBranch(FakeLeg leg) {
    this.leg = leg;
  }

  @Override
  public LegRef media() {
    return leg.media();
  }

  @Override
  public Party party() {
    return leg.seat().party();
  }

  @Override
  public Leg dial(String sdp, Seat seat) {
    offered = sdp;
    leg.seat().move(seat.place());
    return leg;
  }

  @Override
  public Optional<Asking> asking() {
    return asked ? Optional.of(seat -> dial("", seat)) : Optional.empty();
  }

  /** For a call in which nobody transfers. */
  static Targets.Found nobody(Party by, CallFacts facts, Party stays, String prefix) {
    throw new AssertionError("nobody transfers");
  }

  /** What the device does. */
  LegListener does() {
    return leg.does();
  }
}
