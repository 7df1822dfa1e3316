package org.ringdown.sip.work;

import java.io.IOException;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** What a thread waits for, as its pool wants it: done once, with a result. */
final class Blocker<T extends @Nullable Object> implements ForkJoinPool.ManagedBlocker {
  private final Workers.Waiting<T> task;
  private boolean done;
  private @Nullable T value;
  private @Nullable IOException failure;

  Blocker(Workers.Waiting<T> task) {
    this.task = task;
  }

  @Override
  public boolean block() {
    done = true;
    try {
      value = task.call();
    } catch (IOException e) {
      failure = e;
    }
    return true;
  }

  @Override
  public boolean isReleasable() {
    return done;
  }

  @SuppressWarnings("NullAway") // null only where T may be
  T result() throws IOException {
    if (failure != null) {
      throw failure;
    }
    return value;
  }
}
