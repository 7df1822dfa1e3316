package org.ringdown.gateway.testkit.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ringdown.gateway.testkit.script.ActorPlan;
import org.ringdown.gateway.testkit.script.Place;
import org.ringdown.gateway.testkit.script.Script;
import org.ringdown.gateway.testkit.script.Step;
import org.ringdown.gateway.testkit.script.Variables;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.gateway.testkit.stage.StepFailure;
import org.ringdown.gateway.testkit.stage.Trace;

/**
 * Actors who are told what to do step by step, by a program instead of a script. Steps may be given
 * from any thread.
 */
public final class Improvisation implements AutoCloseable {
  private final Script script;
  private final Trace trace = new Trace();
  private final List<StepResult> results = Collections.synchronizedList(new ArrayList<>());
  private final Stage stage;
  private final Cast cast;
  private final Variables variables;
  private final Performance performance;

  /**
   * Opens everybody's sockets and lets them sign in.
   *
   * @param script who takes part; its steps are not looked at
   * @param target where they sign in
   * @param patience what time limits are multiplied by
   * @throws StepFailure if somebody cannot
   */
  public Improvisation(Script script, Target target, int patience)
      throws IOException, StepFailure, InterruptedException {
    this.script = script;
    stage = Stage.open(trace, target.local(), script.limit(), patience, null);
    Variables given = Variables.of(script.variables());
    Function<String, Account> accounts = target.accounts();
    cast = Cast.of(script.actors().values(), stage, given, accounts);
    variables = given.with(cast.facts()).with(target.facts());
    performance = new Performance(cast, trace, results::add);
    try {
      cast.enter(target.address());
    } catch (StepFailure e) {
      close();
      throw e;
    }
  }

  /**
   * One step.
   *
   * @throws StepFailure if it does not go as it should
   */
  public void perform(Step step) throws StepFailure, InterruptedException {
    performance.play(ImmutableList.of(step), variables);
  }

  /** What happened so far, as a run that failed like this. */
  public Outcome outcome(String failure) {
    return new Outcome(
        script,
        script.name(),
        Duration.ofNanos(trace.nanos()),
        failure,
        ImmutableList.copyOf(results),
        trace.happenings());
  }

  /** A script without steps. */
  public static Script script(Place place, String name, Map<String, ActorPlan> actors) {
    return new Script(
        place,
        name,
        null,
        Duration.ofSeconds(5),
        ImmutableMap.of(),
        ImmutableList.of(ImmutableMap.of()),
        ImmutableMap.copyOf(actors),
        new Script.Acts(ImmutableList.of(), ImmutableList.of(), ImmutableList.of()));
  }

  @Override
  public void close() {
    cast.close();
    stage.close();
  }
}
