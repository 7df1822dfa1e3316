package org.ringdown.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    assertThat(run.open).isEmpty();
    assertThat(run.faults).isEmpty();
  }

  @Property(tries = 2000)
  void aTransferNeverEndsTheSideThatStays(@ForAll("transfers") List<CallEvent> events) {
    Run run = new Run();
    run.connect();
    events.forEach(run::handle);
    assertThat(run.call.state()).isEqualTo(CallState.CONNECTED);
    assertThat(run.open).contains("CALLER 0");
  }

  @Property(tries = 2000)
  void whateverATransferCameToIsSaidOnce(@ForAll("events") List<CallEvent> events) {
    Run run = new Run();
    run.connect();
    events.forEach(run::handle);
    run.letTimePass();
    assertThat(run.faults).isEmpty();
    assertThat(run.count(CallCommand.Replace.class) + run.count(CallCommand.TransferFailed.class))
        .isLessThanOrEqualTo(run.count(CallCommand.OfferTarget.class));
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
            new CallEvent.TargetAttempted(Duration.ofSeconds(3)),
            new CallEvent.TargetAnswered(),
            new CallEvent.TransferredAway(),
            new CallEvent.PickedUp(),
            new CallEvent.Ticked());
    return Arbitraries.frequencyOf(
            Tuple.of(8, plain),
            Tuple.of(2, sdps.map(CallEvent.Progressed::new)),
            Tuple.of(2, sdps.map(CallEvent.Answered::new)),
            Tuple.of(1, sides.flatMap(side -> sdps.map(sdp -> new CallEvent.Reoffered(side, sdp)))),
            Tuple.of(2, sides.map(CallEvent.TransferBegun::new)),
            Tuple.of(1, reasons.map(CallEvent.TargetEnded::new)),
            Tuple.of(1, sides.map(CallEvent.Surrendered::new)),
            Tuple.of(1, sides.flatMap(side -> reasons.map(why -> new CallEvent.Ended(side, why)))),
            Tuple.of(1, reasons.map(CallEvent.Failed::new)))
        .list()
        .ofMaxSize(16);
  }

  /** The callee's side asks, again and again, and what it asks for comes out any way it can. */
  @Provide
  Arbitrary<List<CallEvent>> transfers() {
    EndReason busy = EndReason.of(EndReason.Kind.BUSY, EndReason.By.CALLEE);
    return Arbitraries.<CallEvent>of(
            new CallEvent.TransferBegun(Side.CALLEE),
            new CallEvent.TargetAttempted(Duration.ofSeconds(3)),
            new CallEvent.TargetAnswered(),
            new CallEvent.TargetEnded(busy),
            new CallEvent.Confirmed(),
            new CallEvent.Ticked())
        .list()
        .ofMaxSize(16);
  }

  /** A call, what came of it, and the legs that are there: the number counts a side's legs. */
  private static final class Run {
    final Call call = new Call(CallTest.TIMERS, CallTest.T0);
    final List<CallCommand> commands = new ArrayList<>();
    final Set<String> open = new HashSet<>(Set.of("CALLER 0"));
    final List<String> faults = new ArrayList<>();
    private final Map<Side, Integer> seated = new EnumMap<>(Map.of(Side.CALLER, 0, Side.CALLEE, 0));
    private Instant now = CallTest.T0;

    void connect() {
      handle(new CallEvent.Begun());
      handle(new CallEvent.Answered(new LegSdp("b1", "v=0")));
      handle(new CallEvent.Confirmed());
    }

    void handle(CallEvent event) {
      now = now.plusSeconds(1);
      boolean endsTheTarget =
          event instanceof CallEvent.TargetEnded || event instanceof CallEvent.TransferredAway;
      if (endsTheTarget && !open.remove("target")) {
        return; // only a target that is there can end, or be reached in another way
      }
      if (event instanceof CallEvent.TargetAnswered && !open.contains("target")) {
        return;
      }
      boolean mayTransfer = call.mayTransfer();
      if (event instanceof CallEvent.Ended ended) {
        open.remove(leg(ended.side()));
      }
      ImmutableList<CallCommand> next = call.handle(event, now);
      if (event instanceof CallEvent.Surrendered surrendered && mayTransfer) {
        release(leg(surrendered.side()));
      }
      next.forEach(this::perform);
    }

    private void perform(CallCommand command) {
      commands.add(command);
      if (command instanceof CallCommand.Offer) {
        open.add(leg(Side.CALLEE));
      } else if (command instanceof CallCommand.OfferTarget) {
        open.add("target");
      } else if (command instanceof CallCommand.EndTarget) {
        release("target");
      } else if (command instanceof CallCommand.End end) {
        release(leg(end.side()));
      } else if (command instanceof CallCommand.Replace replace) {
        release("target");
        if (open.contains(leg(replace.side()))) {
          faults.add("replaced a leg that is there");
        }
        seated.merge(replace.side(), 1, Integer::sum);
        open.add(leg(replace.side()));
      }
    }

    private String leg(Side side) {
      return side + " " + seated.get(side);
    }

    private void release(String leg) {
      if (!open.remove(leg)) {
        faults.add("no such leg: " + leg);
      }
    }

    /** To the end: whoever is tried next does not come; first of a transfer, then of the call. */
    void letTimePass() {
      for (int i = 0; i < 4 && call.deadline().isPresent(); i++) {
        call.handle(new CallEvent.Ticked(), call.deadline().orElseThrow()).forEach(this::perform);
      }
    }

    long count(Class<? extends CallCommand> type) {
      return commands.stream().filter(type::isInstance).count();
    }
  }
}
