package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.ringdown.sip.transaction.Alarms;

/** Alarms that ring when the test wants them to, however slow the machine is. */
final class HandAlarms implements Alarms {
  private final List<Standing> standing = new ArrayList<>();

  private record Standing(Duration delay, Runnable task) {}

  @Override
  public synchronized Alarm in(Duration delay, Runnable task) {
    Standing set = new Standing(delay, task);
    standing.add(set);
    return () -> cancel(set);
  }

  private synchronized void cancel(Standing set) {
    standing.removeIf(other -> other == set);
  }

  /** Time passes until the alarm rings that was set for so long; waits for it to be set. */
  void ring(Duration delay) {
    ring(delay::equals);
  }

  /** Time passes until an alarm rings that was set for less than that; waits for it to be set. */
  void ringWithin(Duration limit) {
    ring(delay -> delay.compareTo(limit) < 0);
  }

  private void ring(Predicate<Duration> wanted) {
    TestGateway.soon().untilAsserted(() -> assertThat(delays()).anyMatch(wanted));
    take(wanted).run();
  }

  /** Time passes until all have rung that are set now. */
  void ringAll() {
    for (Duration delay : delays()) {
      take(delay::equals).run();
    }
  }

  /** Waits until alarms are set for these times and no others. */
  void awaitStanding(Duration... delays) {
    TestGateway.soon().untilAsserted(() -> assertThat(delays()).containsExactlyInAnyOrder(delays));
  }

  private synchronized List<Duration> delays() {
    return standing.stream().map(Standing::delay).toList();
  }

  private synchronized Runnable take(Predicate<Duration> wanted) {
    for (Standing set : standing) {
      if (wanted.test(set.delay())) {
        standing.remove(set);
        return set.task();
      }
    }
    return () -> {};
  }
}
