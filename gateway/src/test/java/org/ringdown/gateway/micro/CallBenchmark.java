package org.ringdown.gateway.micro;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.ringdown.gateway.call.Call;
import org.ringdown.gateway.call.CallEvent;
import org.ringdown.gateway.call.CallState;
import org.ringdown.gateway.call.CallTimers;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.call.LegSdp;
import org.ringdown.gateway.call.Side;

/** {@code Call.handle}: a whole call of six events. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CallBenchmark {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final CallTimers timers =
      new CallTimers(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(40),
          Duration.ofHours(12));
  private final ImmutableList<CallEvent> events =
      ImmutableList.of(
          new CallEvent.Begun(),
          new CallEvent.Attempted(null),
          new CallEvent.Alerted(),
          new CallEvent.Answered(new LegSdp("b1", "answer")),
          new CallEvent.Confirmed(),
          new CallEvent.Ended(Side.CALLER, EndReason.of(Kind.HANGUP, By.CALLER)));

  /** From the offer to the end. */
  @Benchmark
  public void wholeCall(Blackhole commands) {
    Call call = new Call(timers, BEGIN);
    for (CallEvent event : events) {
      commands.consume(call.handle(event, BEGIN));
    }
    if (call.state() != CallState.ENDED) {
      throw new IllegalStateException(call.state().name());
    }
  }
}
