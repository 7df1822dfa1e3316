package org.ringdown.gateway.testkit.reader;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ringdown.gateway.config.yaml.Spelling;
import org.ringdown.gateway.testkit.script.ActorPlan;
import org.ringdown.gateway.testkit.script.GatewayPlan;
import org.ringdown.gateway.testkit.script.Place;
import org.ringdown.gateway.testkit.script.Script;
import org.ringdown.gateway.testkit.script.Step;
import org.ringdown.gateway.testkit.script.Step.Act;
import org.ringdown.gateway.testkit.script.Step.Each;
import org.ringdown.gateway.testkit.script.Step.Pause;
import org.ringdown.gateway.testkit.script.Step.Together;
import org.ringdown.gateway.testkit.script.Variables;

/** Looks for variables that will have no value. */
final class VariableCheck {
  /** What the kit sets by itself. */
  private static final ImmutableSet<String> OF_GATEWAY =
      ImmutableSet.of("gateway.host", "gateway.port", "gateway.sip", "gateway.web");

  private static final ImmutableSet<String> OF_PAGES = ImmutableSet.of("user", "password");
  private static final ImmutableSet<String> OF_PHONES =
      ImmutableSet.of("user", "password", "port", "address");

  private final Script script;
  private final Mistakes mistakes;
  private final Set<String> known = new HashSet<>(OF_GATEWAY);
  private final Set<String> columns = new HashSet<>();

  VariableCheck(Script script, Mistakes mistakes) {
    this.script = script;
    this.mistakes = mistakes;
  }

  void run() {
    known.addAll(script.variables().keySet());
    script.cases().forEach(row -> columns.addAll(row.keySet()));
    columns.stream()
        .filter(name -> script.cases().stream().allMatch(row -> row.containsKey(name)))
        .forEach(known::add);
    for (ActorPlan plan : script.actors().values()) {
      (plan.kind() == ActorPlan.Kind.PAGE ? OF_PAGES : OF_PHONES)
          .forEach(what -> known.add(plan.name() + "." + what));
    }
    List<List<Step>> all =
        List.of(script.acts().setUp(), script.acts().steps(), script.acts().tearDown());
    all.forEach(steps -> steps.forEach(this::learn));
    script
        .actors()
        .values()
        .forEach(
            plan -> plan.settings().values().forEach(text -> look(plan.place(), text, Set.of())));
    GatewayPlan gateway = script.gateway();
    if (gateway != null) {
      look(script.place(), gateway.settings(), Set.of());
    }
    all.forEach(steps -> steps.forEach(step -> look(step, Set.of())));
  }

  private void learn(Step step) {
    if (step instanceof Act act) {
      known.addAll(act.options().keep().keySet());
    } else if (step instanceof Together together) {
      together.steps().forEach(this::learn);
    } else if (step instanceof Each each) {
      each.steps().forEach(this::learn);
    }
  }

  private void look(Step step, Set<String> here) {
    if (step instanceof Act act) {
      look(act.place(), act.sentence(), here);
      act.options()
          .map(
              text -> {
                look(act.place(), text, here);
                return text;
              });
    } else if (step instanceof Pause pause) {
      look(pause.place(), pause.time(), here);
    } else if (step instanceof Together together) {
      together.steps().forEach(inner -> look(inner, here));
    } else if (step instanceof Each each) {
      Set<String> more = new HashSet<>(here);
      for (ImmutableMap<String, String> row : each.rows()) {
        row.values().forEach(value -> look(each.place(), value, here));
        more.addAll(row.keySet());
      }
      each.steps().forEach(inner -> look(inner, more));
    }
  }

  private void look(Place place, String text, Set<String> here) {
    for (String name : Variables.names(text)) {
      if (!known.contains(name) && !here.contains(name)) {
        mistakes.add(
            place,
            columns.contains(name)
                ? "not every row of cases: has " + name
                : "nothing sets ${" + name + "}; " + hint(name, Sets.union(known, here)));
      }
    }
  }

  private static String hint(String name, Set<String> names) {
    return Spelling.hint(name, names);
  }
}
