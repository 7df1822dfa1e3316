package org.ringdown.webrtc.media;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.ringdown.webrtc.media.PeerTransport.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands states to a listener in the order in which they were put, one at a time, without a thread
 * of its own and without a lock held: whoever calls {@link #deliver} while nobody does so delivers
 * all there is. Safe from any thread.
 */
final class StateMailbox {
  private static final Logger LOG = LoggerFactory.getLogger(StateMailbox.class);

  private final Queue<State> states = new ConcurrentLinkedQueue<>();
  private final AtomicInteger callers = new AtomicInteger();
  private final Consumer<State> listener;

  StateMailbox(Consumer<State> listener) {
    this.listener = listener;
  }

  /** Keeps a state for the next delivery; may be called under a lock. */
  void put(State state) {
    states.add(state);
  }

  /** Delivers; not to be called under a lock. */
  void deliver() {
    if (callers.getAndIncrement() != 0) {
      return;
    }
    int served = 1;
    while (served != 0) {
      for (State state = states.poll(); state != null; state = states.poll()) {
        deliver(state);
      }
      served = callers.addAndGet(-served);
    }
  }

  private void deliver(State state) {
    try {
      listener.accept(state);
    } catch (RuntimeException e) {
      LOG.error("A listener failed on {}", state, e);
    }
  }
}
