package org.ringdown.gateway.bridge;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.Dialect;
import org.ringdown.gateway.media.MediaSession.LegRef;

/** A device that a call can be offered to, with the test's hand on it. */
final class FakeBranch implements Branch {
  final FakeLeg leg;
  @Nullable String offered;
  private @Nullable LegListener listener;

  FakeBranch(String name) {
    this(name, Dialect.PLAIN);
  }

  FakeBranch(String name, Dialect dialect) {
    leg = new FakeLeg(name, dialect);
  }

  @Override
  public LegRef media() {
    return leg.media();
  }

  @Override
  public Leg dial(String sdp, LegListener hears) {
    offered = sdp;
    listener = hears;
    return leg;
  }

  /** What the device does. */
  LegListener does() {
    return Optional.ofNullable(listener).orElseThrow();
  }
}
