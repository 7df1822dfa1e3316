package org.ringdown.gateway.config.reader;

import static org.ringdown.gateway.config.reader.ValueTypes.number;

import com.google.common.collect.ImmutableList;
import java.util.stream.Stream;
import org.ringdown.gateway.config.yaml.Section;
import org.ringdown.gateway.routing.DialRule;
import org.ringdown.gateway.routing.DialRule.Match;
import org.ringdown.gateway.routing.DialRule.To;
import org.ringdown.gateway.routing.Forwards;
import org.ringdown.gateway.routing.Step;

/** The keys of a rule of the dial plan. */
final class RouteReader {
  private static final int LONGEST_NUMBER = 64;

  private RouteReader() {}

  static DialRule rule(Section in) {
    DialRule rule =
        new DialRule(
            in.value("from", new DialRule.From.Users(), RouteValues.from()),
            in.value("match", new Match.Any(), RouteValues.match()),
            steps(in, "to"),
            in.value("strip", 0, number(0, LONGEST_NUMBER)),
            in.value("prepend", "", TrunkValues.digits()),
            new Forwards<>(
                steps(in, "onBusy"), steps(in, "onNoAnswer"), steps(in, "onUnavailable")));
    check(in, rule);
    return rule;
  }

  private static ImmutableList<Step<To>> steps(Section in, String key) {
    return in.oneOrMore(key, RouteValues.steps()).stream()
        .flatMap(ImmutableList::stream)
        .collect(ImmutableList.toImmutableList());
  }

  private static void check(Section in, DialRule rule) {
    boolean rewrites = rule.strip() > 0 || !rule.prepend().isEmpty();
    if (rule.to().isEmpty()) {
      in.reject("leads nowhere; expected to: " + RouteValues.steps().expected());
    } else if (rewrites && trunks(rule).noneMatch(trunk -> trunk.number().isEmpty())) {
      in.reject("rewrites a number that nobody is told; expected strip and prepend with a trunk");
    } else if (trunks(rule).findAny().isPresent() && rule.from() instanceof DialRule.From.Any) {
      in.reject(
          "lets anybody who reaches us call out at your cost; expected from: users, or a rule for"
              + " each trunk");
    }
  }

  private static Stream<To.Trunk> trunks(DialRule rule) {
    return rule.allSteps()
        .map(Step::to)
        .filter(To.Trunk.class::isInstance)
        .map(To.Trunk.class::cast);
  }
}
