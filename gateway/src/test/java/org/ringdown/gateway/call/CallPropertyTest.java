package org.ringdown.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for any order of events. */
final class CallPropertyTest {
  @Property(tries = 2000)
  void eachLegIsLetGoExactlyOnceAndFinishComesLast(@ForAll("events") List<CallEvent> events) {
    Run run = new Run();
    events.forEach(run::handle);
    run.letTimePass();
    assertThat(run.count(CallCommand.Finish.class)).isEqualTo(1);
    assertThat(run.commands.get(run.commands.size() - 1)).isInstanceOf(CallCommand.Finish.class);
    assertThat(run.releases(Side.CALLER)).isEqualTo(1);
    assertThat(run.releases(Side.CALLEE)).isEqualTo(run.count(CallCommand.Offer.class));
  }

  @Property(tries = 2000)
  void mediaAreJoinedAtMostOnceAndReleasedExactlyOnce(@ForAll("events") List<CallEvent> events) {
    Run run = new Run();
    events.forEach(run::handle);
    run.letTimePass();
    assertThat(run.count(CallCommand.JoinMedia.class)).isLessThanOrEqualTo(1);
    assertThat(run.count(CallCommand.ReleaseMedia.class)).isEqualTo(1);
    assertThat(run.count(CallCommand.Answer.class)).isLessThanOrEqualTo(1);
    assertThat(run.count(CallCommand.Progress.class)).isLessThanOrEqualTo(1);
  }

  @Property(tries = 2000)
  void theStateNeverGoesBackAndNoCallHangs(@ForAll("events") List<CallEvent> events) {
    Run run = new Run();
    CallState last = run.call.state();
    for (CallEvent event : events) {
      run.handle(event);
      assertThat(run.call.state()).isGreaterThanOrEqualTo(last);
      last = run.call.state();
    }
    run.letTimePass();
    assertThat(run.call.state()).isEqualTo(CallState.ENDED);
  }

  @Provide
  Arbitrary<List<CallEvent>> events() {
    Arbitrary<Side> sides = Arbitraries.of(Side.values());
    Arbitrary<EndReason> reasons =
        Arbitraries.of(EndReason.Kind.values())
            .map(kind -> EndReason.of(kind, EndReason.By.GATEWAY));
    Arbitrary<LegSdp> sdps = Arbitraries.of("b1", "b2").map(leg -> new LegSdp(leg, "v=0"));
    Arbitrary<CallEvent> plain =
        Arbitraries.of(
            new CallEvent.Begun(),
            new CallEvent.Begun(),
            new CallEvent.Alerted(),
            new CallEvent.Confirmed(),
            new CallEvent.Attempted(null),
            new CallEvent.Attempted(Duration.ofSeconds(3)),
            new CallEvent.Ticked());
    return Arbitraries.frequencyOf(
            Tuple.of(8, plain),
            Tuple.of(2, sdps.map(CallEvent.Progressed::new)),
            Tuple.of(2, sdps.map(CallEvent.Answered::new)),
            Tuple.of(1, sides.flatMap(side -> sdps.map(sdp -> new CallEvent.Reoffered(side, sdp)))),
            Tuple.of(1, sides.flatMap(side -> reasons.map(why -> new CallEvent.Ended(side, why)))),
            Tuple.of(1, reasons.map(CallEvent.Failed::new)))
        .list()
        .ofMaxSize(16);
  }

  /** A call, what came of it, and which legs ended themselves. */
  private static final class Run {
    final Call call = new Call(CallTest.TIMERS, CallTest.T0);
    final List<CallCommand> commands = new ArrayList<>();
    private final List<Side> selfEnded = new ArrayList<>();
    private Instant now = CallTest.T0;

    void handle(CallEvent event) {
      boolean wasOpen = call.state() != CallState.ENDED;
      boolean offered = count(CallCommand.Offer.class) > 0;
      now = now.plusSeconds(1);
      commands.addAll(call.handle(event, now));
      if (event instanceof CallEvent.Ended ended && wasOpen) {
        if (ended.side() == Side.CALLER || offered) {
          selfEnded.add(ended.side());
        }
      }
    }

    /** The second time is for somebody else to be tried, who does not come. */
    void letTimePass() {
      for (int times = 0; times < 2; times++) {
        call.deadline().ifPresent(due -> commands.addAll(call.handle(new CallEvent.Ticked(), due)));
      }
    }

    long count(Class<? extends CallCommand> type) {
      return commands.stream().filter(type::isInstance).count();
    }

    long releases(Side side) {
      long ends =
          commands.stream()
              .filter(command -> command instanceof CallCommand.End end && end.side() == side)
              .count();
      return ends + selfEnded.stream().filter(ended -> ended == side).count();
    }
  }
}
