package org.ringdown.gateway.testkit.load.media;

import com.google.common.collect.ImmutableList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * One thread that lets streams send: of its twenty slots each has its turn once in 20 ms. Safe from
 * any thread.
 */
final class Pacer implements AutoCloseable {
  private static final int SLOTS = 20;
  private static final int HASTE = 5;
  private static final long SLOT_NANOS = 1_000_000;

  /** What is later than this on a busy machine is left out, not made up for. */
  private static final long MOST_LATE_NANOS = 20 * SLOT_NANOS;

  private final ImmutableList<Set<Runnable>> slots =
      IntStream.range(0, SLOTS)
          .mapToObj(slot -> ConcurrentHashMap.<Runnable>newKeySet())
          .collect(ImmutableList.toImmutableList());
  private final AtomicInteger next = new AtomicInteger();
  private volatile boolean closed;

  private Pacer() {}

  static Pacer start() {
    Pacer pacer = new Pacer();
    Thread thread = new Thread(pacer::run, "pacer");
    thread.setDaemon(true);
    thread.start();
    return pacer;
  }

  /**
   * Adds a stream and gives its slot.
   *
   * @param fast whether it sends every 5 ms at first, until {@link #calm}
   */
  int add(Runnable stream, boolean fast) {
    int slot = Math.floorMod(next.getAndIncrement(), SLOTS);
    for (int i = slot; i < slot + SLOTS; i += fast ? HASTE : SLOTS) {
      slots.get(i % SLOTS).add(stream);
    }
    return slot;
  }

  /** Leaves a stream its one turn in 20 ms. */
  void calm(Runnable stream, int slot) {
    for (int i = slot + HASTE; i < slot + SLOTS; i += HASTE) {
      slots.get(i % SLOTS).remove(stream);
    }
  }

  void remove(Runnable stream, int slot) {
    for (int i = slot; i < slot + SLOTS; i += HASTE) {
      slots.get(i % SLOTS).remove(stream);
    }
  }

  private void run() {
    long due = System.nanoTime();
    for (int slot = 0; !closed; slot = (slot + 1) % SLOTS) {
      long wait = due - System.nanoTime();
      while (wait > 0) {
        LockSupport.parkNanos(wait);
        wait = due - System.nanoTime();
      }
      slots.get(slot).forEach(Runnable::run);
      due = Math.max(due + SLOT_NANOS, System.nanoTime() - MOST_LATE_NANOS);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
