package org.ringdown.webrtc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ringdown.webrtc.signaling.Timers;

/** Virtual time. */
final class FakeTimers implements Timers {
  private final List<Waiting> waiting = new ArrayList<>();
  private Duration now = Duration.ZERO;

  @Override
  public Timer after(Duration delay, Runnable task) {
    Waiting added = new Waiting(now.plus(delay), task);
    waiting.add(added);
    return () -> waiting.remove(added);
  }

  /** Lets time pass, running what is due in its order. */
  void pass(Duration time) {
    Duration until = now.plus(time);
    for (Optional<Waiting> due = firstUntil(until); due.isPresent(); due = firstUntil(until)) {
      waiting.remove(due.get());
      now = due.get().at();
      due.get().task().run();
    }
    now = until;
  }

  Duration now() {
    return now;
  }

  int pending() {
    return waiting.size();
  }

  private Optional<Waiting> firstUntil(Duration until) {
    return waiting.stream()
        .filter(one -> one.at().compareTo(until) <= 0)
        .min(Comparator.comparing(Waiting::at));
  }

  private record Waiting(Duration at, Runnable task) {}
}
