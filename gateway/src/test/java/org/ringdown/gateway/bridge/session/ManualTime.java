package org.ringdown.gateway.bridge.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.ringdown.gateway.call.CallTimers;

/** A clock that the test moves, with the alarms set on it. */
final class ManualTime extends Clock {
  static final CallTimers TIMERS =
      new CallTimers(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(40),
          Duration.ofHours(1));

  private final List<Alarm> alarms = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private record Alarm(Instant due, FutureTask<?> task) {}

  Future<?> after(Duration delay, Runnable task) {
    FutureTask<?> future = new FutureTask<>(task, null);
    alarms.add(new Alarm(now.plus(delay), future));
    return future;
  }

  long pending() {
    return alarms.stream().filter(alarm -> !alarm.task().isDone()).count();
  }

  void pass(Duration duration) {
    now = now.plus(duration);
    List<Alarm> due = alarms.stream().filter(alarm -> !alarm.due().isAfter(now)).toList();
    alarms.removeAll(due);
    due.forEach(alarm -> alarm.task().run());
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
