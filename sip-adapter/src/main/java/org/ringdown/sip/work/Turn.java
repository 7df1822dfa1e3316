package org.ringdown.sip.work;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** What one thread does now, and what it has still to do. Not thread-safe: of one thread. */
final class Turn {
  /** Whoever leads to more than so many tasks at once lets others help. */
  private static final int MOST_WAITING = 8;

  private static final Runnable NOTHING = () -> {};

  private final Queue<Runnable> waiting = new ArrayDeque<>(MOST_WAITING);
  private boolean open;
  private boolean own;
  private Runnable whenBlocked = NOTHING;

  boolean isOpen() {
    return open;
  }

  void begin(Runnable whenBlocked) {
    this.whenBlocked = whenBlocked;
    open = true;
  }

  /** One of a thread of the pool, for which another stands in while it waits. */
  void beginOwn() {
    open = true;
    own = true;
  }

  boolean isOwn() {
    return own;
  }

  /** Whether the task will be done in this turn. */
  boolean take(Runnable task) {
    return open && waiting.size() < MOST_WAITING && waiting.add(task);
  }

  /** Does what waits, and what that leads to. */
  void finish() {
    for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
      Workers.run(task);
    }
    end();
  }

  /** Leaves what waits to others. */
  void leaveTo(Executor others) {
    for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
      others.execute(task);
    }
    end();
  }

  /** What waits need not wait for a thread that does. */
  void blocks(Executor others) {
    Runnable told = whenBlocked;
    boolean was = open;
    boolean wasOwn = own;
    leaveTo(others);
    open = was;
    own = wasOwn;
    told.run();
  }

  private void end() {
    open = false;
    own = false;
    whenBlocked = NOTHING;
  }
}
