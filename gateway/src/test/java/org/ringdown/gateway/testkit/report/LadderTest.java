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
              0.020  |                      |                      |<-- 486/INVITE Busy --|
            """);
  }

  private static Outcome outcome(Map<String, Kind> actors, Happening... happenings) {
    Map<String, ActorPlan> plans = new LinkedHashMap<>();
    actors.forEach(
        (name, kind) -> plans.put(name, new ActorPlan(HERE, name, kind, ImmutableMap.of())));
    return new Outcome(
        Improvisation.script(HERE, "a call", plans),
        "a call",
        Duration.ofSeconds(1),
        null,
        ImmutableList.of(
            step(
                10,
                300,
                "a: calls b",
                "no sound came; "
                    + "and more is said of it ".repeat(3)
                    + "and more is said of it.")),
        ImmutableList.copyOf(happenings));
  }

  @Test
  void fourActorsFitAndNothingThatMattersIsCut() {
    Outcome outcome =
        outcome(
            ImmutableMap.of("a", Kind.PHONE, "b", Kind.PHONE, "c", Kind.PAGE, "d", Kind.PAGE),
            at(11, "a", Happening.Kind.SENT, "SUBSCRIBE (again)"),
            at(12, "b", Happening.Kind.RECEIVED, "407 Proxy Authentication Required (again)"),
            at(13, "c", Happening.Kind.RECEIVED, "hangup answered-elsewhere"),
            at(14, "b", Happening.Kind.LOST, "REGISTER (delayed)"),
            at(15, "d", Happening.Kind.NOTE, "media: PCMA sendrecv"));

    assertThat(String.join("\n", Ladder.of(outcome)) + "\n")
        .isEqualTo(
            """
                     a                b             gateway             c                d
              -- 7  a: calls b
              0.011  |-- SUBSCRIBE (again) ----------->|                |                |
              0.012  |                |<-- 407 (again) |                |                |
              0.013  |                |                | hangup answered-elsewhere       |
                     |                |                |--------------->|                |
              0.014  |                | REGISTER (delayed)              |                |
                     |                |---------------x|                |                |
              0.015  |                |                |          * media: PCMA sendrecv |
              >> FAILED: no sound came; and more is said of it and more is said of it and
                   more is said of it and more is said of it.
            """);
  }

  @Test
  void longNamesStandInTwoRows() {
    assertThat(
            Ladder.of(
                    outcome(
                        ImmutableMap.of(
                            "the-first-carrier", Kind.PEER,
                            "the-second-carrier", Kind.PEER,
                            "the-third-carrier", Kind.PEER,
                            "alice", Kind.PAGE)))
                .subList(0, 2))
        .containsExactly(
            " the-first-carrier                 the-third-carrier                       alice",
            "                 the-second-carrier                      gateway");
  }

  @Test
  void aWideTerminalHasRoomForWideLanes() {
    Outcome outcome =
        outcome(
            ImmutableMap.of("a", Kind.PHONE, "b", Kind.PHONE, "c", Kind.PAGE, "d", Kind.PAGE),
            at(13, "c", Happening.Kind.RECEIVED, "hangup answered-elsewhere"));

    assertThat(Ladder.of(outcome, 140)).anyMatch(line -> line.contains("|-- hangup answered-"));
  }
}
