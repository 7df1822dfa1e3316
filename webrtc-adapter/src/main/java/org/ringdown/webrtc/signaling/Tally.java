package org.ringdown.webrtc.signaling;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** How many of something each name has, up to a limit. Safe from any thread. */
public final class Tally {
  private final int limit;
  private final ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();

  /** Counts to a limit. */
  public Tally(int limit) {
    this.limit = limit;
  }

  /** Takes one more, unless the name has as many as it may have. */
  public boolean take(String name) {
    AtomicBoolean taken = new AtomicBoolean();
    counts.compute(
        name,
        (any, count) -> {
          int now = count == null ? 0 : count;
          taken.set(now < limit);
          return taken.get() ? Integer.valueOf(now + 1) : count;
        });
    return taken.get();
  }

  /** Gives back one that was taken. */
  public void giveBack(String name) {
    counts.computeIfPresent(name, (any, count) -> count == 1 ? null : count - 1);
  }
}
