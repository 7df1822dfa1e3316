package org.ringdown.gateway.testkit.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.testkit.run.Improvisation;
import org.ringdown.gateway.testkit.run.Outcome;
import org.ringdown.gateway.testkit.run.StepResult;
import org.ringdown.gateway.testkit.script.ActorPlan;
import org.ringdown.gateway.testkit.script.ActorPlan.Kind;
import org.ringdown.gateway.testkit.script.Place;
import org.ringdown.gateway.testkit.stage.Happening;

/** The picture of a run that failed. */
class LadderTest {
  private static final Place HERE = new Place("call.yaml", 7);

  private static Happening at(int millis, String actor, Happening.Kind kind, String label) {
    return new Happening(millis * 1_000_000L, actor, kind, label, "sent");
  }

  private static StepResult step(int millis, int lasted, String text, String... failure) {
    return new StepResult(
        HERE,
        text,
        millis * 1_000_000L,
        lasted * 1_000_000L,
        failure.length == 0 ? null : failure[0]);
  }

  @Test
  void phonesAreOnTheLeftPagesOnTheRightAndStepsBetween() {
    Map<String, ActorPlan> actors = new LinkedHashMap<>();
    actors.put("alice", new ActorPlan(HERE, "alice", Kind.PAGE, ImmutableMap.of()));
    actors.put("phone", new ActorPlan(HERE, "phone", Kind.PHONE, ImmutableMap.of()));
    Outcome outcome =
        new Outcome(
            Improvisation.script(HERE, "a call", actors),
            "a call",
            Duration.ofSeconds(1),
            "no",
            ImmutableList.of(
                step(10, 1, "phone: calls alice"), step(12, 100, "alice: rings", "no")),
            ImmutableList.of(
                at(1, "phone", Happening.Kind.SENT, "REGISTER"),
                at(11, "phone", Happening.Kind.SENT, "INVITE"),
                at(20, "alice", Happening.Kind.RECEIVED, "incoming"),
                at(30, "phone", Happening.Kind.LOST, "ACK (lost)"),
                at(40, "phone", Happening.Kind.NOTE, "hears 440 Hz"),
                at(200, "phone", Happening.Kind.SENT, "BYE")));

    assertThat(String.join("\n", Ladder.of(outcome)) + "\n")
        .isEqualTo(
            """
                   phone                          gateway                          alice
              (before: everybody signs in, 1 lines)
              -- 7  phone: calls alice
              0.011  |-- INVITE -------------------->|                               |
              -- 7  alice: rings
              0.020  |                               |-- incoming ------------------>|
              0.030  |-- ACK (lost) ----------------x|                               |
              0.040  | * hears 440 Hz                |                               |
              >> FAILED: no
              (after: everybody leaves, 1 lines)
            """);
  }

  @Test
  void threeActorsFitIntoEightyColumns() {
    Map<String, ActorPlan> actors = new LinkedHashMap<>();
    for (String name : List.of("first", "second", "third")) {
      actors.put(name, new ActorPlan(HERE, name, Kind.PHONE, ImmutableMap.of()));
    }
    Outcome outcome =
        new Outcome(
            Improvisation.script(HERE, "a call", actors),
            "a call",
            Duration.ofSeconds(1),
            null,
            ImmutableList.of(step(10, 100, "first: calls second")),
            ImmutableList.of(
                at(11, "first", Happening.Kind.SENT, "INVITE"),
                at(20, "third", Happening.Kind.RECEIVED, "486/INVITE Busy Here")));

    assertThat(String.join("\n", Ladder.of(outcome)) + "\n")
        .isEqualTo(
            """
                   first                 second                  third                 gateway
              -- 7  first: calls second
              0.011  |-- INVITE --------------------------------------------------------->|
              0.020  |                      |                      |<-- 486/INVITE Busy  -|
            """);
  }
}
