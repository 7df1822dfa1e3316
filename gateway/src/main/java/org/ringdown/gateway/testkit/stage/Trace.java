package org.ringdown.gateway.testkit.stage;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.ringdown.gateway.testkit.stage.Happening.Kind;

/**
 * Everything that happened in one run, in order, and a place to wait for more. Safe from any
 * thread.
 */
public final class Trace {
  /** Sound is not announced, so that it is looked for this often. */
  private static final long LOOK_MS = 20;

  private static final int MOST = 20_000;

  private final long began = System.nanoTime();
  private final List<Happening> happenings = new ArrayList<>();

  /** A length of time for a person. */
  public static String seconds(Duration time) {
    return time.toMillis() < 1000 ? time.toMillis() + " ms" : time.toMillis() / 1000.0 + " s";
  }

  /** Time since the run began. */
  public long nanos() {
    return System.nanoTime() - began;
  }

  /** Notes something and wakes those who wait. */
  public synchronized void add(String actor, Kind kind, String label, String detail) {
    if (happenings.size() < MOST) {
      happenings.add(new Happening(nanos(), actor, kind, label, detail));
    }
    notifyAll();
  }

  /** Wakes those who wait. */
  public synchronized void wake() {
    notifyAll();
  }

  /** Notes the state of something. */
  public void note(String actor, String label) {
    add(actor, Kind.NOTE, label, "");
  }

  /** What happened so far. */
  public synchronized ImmutableList<Happening> happenings() {
    return ImmutableList.copyOf(happenings);
  }

  /** Waits until there is something, at most so long; looks at least once. */
  public <T> Optional<T> await(Duration limit, Supplier<Optional<T>> look)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<T> found = look.get();
      long left = end - System.nanoTime();
      if (found.isPresent() || left <= 0) {
        return found;
      }
      long millis = Math.min(LOOK_MS, TimeUnit.NANOSECONDS.toMillis(left) + 1);
      synchronized (this) {
        wait(millis);
      }
    }
  }
}
