package org.ringdown.gateway.testkit.stage;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The messages an actor has received, in order. An expectation takes one; each can be taken once.
 * Safe from any thread.
 */
public final class Inbox<M> {
  private final List<M> all = new ArrayList<>();
  private final List<M> open = new ArrayList<>();

  /** Something came. */
  public synchronized void add(M message) {
    all.add(message);
    open.add(message);
  }

  /** Takes the first that fits. */
  public synchronized Optional<M> take(Predicate<M> fits) {
    Optional<M> found = open.stream().filter(fits).findFirst();
    found.ifPresent(message -> open.removeIf(other -> other == message));
    return found;
  }

  /** The first of those not taken that fits, left where it is. */
  public synchronized Optional<M> see(Predicate<M> fits) {
    return open.stream().filter(fits).findFirst();
  }

  /** Those not taken. */
  public synchronized ImmutableList<M> open() {
    return ImmutableList.copyOf(open);
  }

  /** Whether something that fits came before a message, taken or not. */
  public synchronized boolean before(M message, Predicate<M> fits) {
    for (M other : all) {
      if (other == message) {
        return false;
      }
      if (fits.test(other)) {
        return true;
      }
    }
    return false;
  }

  /** Forgets what came so far. */
  public synchronized void clear() {
    all.clear();
    open.clear();
  }
}
