package org.ringdown.gateway.trunk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ringdown.gateway.config.TrunkPolicy.Limits;

/** How many calls a trunk has, held against what it may have. Safe from any thread. */
final class CallLoad {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Clock clock;
  private final Deque<Instant> begun = new ArrayDeque<>();
  private Limits limits;
  private int calls;
  private long refused;

  CallLoad(Limits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** Lets other limits hold from now on; calls that go on count all the same. */
  synchronized void limit(Limits others) {
    limits = others;
  }

  /** Room for one more call; empty if there is none, and then {@link #obstacle} says why. */
  synchronized Optional<Place> take() {
    if (obstacle().isPresent()) {
      refused++;
      return Optional.empty();
    }
    calls++;
    begun.add(clock.instant());
    forgetOld();
    AtomicBoolean open = new AtomicBoolean(true);
    return Optional.of(
        () -> {
          if (open.getAndSet(false)) {
            leave();
          }
        });
  }

  private synchronized void leave() {
    calls--;
  }

  /** Why no further call has room now, to go on after the trunk's name. */
  synchronized Optional<String> obstacle() {
    Integer most = limits.calls();
    if (most != null && calls >= most) {
      return Optional.of("has as many calls as it may have at once (" + most + ")");
    }
    Integer perSecond = limits.callsPerSecond();
    if (perSecond == null) {
      return Optional.empty();
    }
    forgetOld();
    return begun.size() < perSecond
        ? Optional.empty()
        : Optional.of("gets more calls than it may have in a second (" + perSecond + ")");
  }

  private void forgetOld() {
    Instant aSecondAgo = clock.instant().minus(SECOND);
    while (!begun.isEmpty() && !begun.peek().isAfter(aSecondAgo)) {
      begun.remove();
    }
  }

  synchronized int calls() {
    return calls;
  }

  /** How many calls found no room since the start. */
  synchronized long refused() {
    return refused;
  }
}
