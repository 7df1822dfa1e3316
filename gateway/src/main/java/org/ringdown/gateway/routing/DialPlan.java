package org.ringdown.gateway.routing;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ringdown.gateway.routing.address.AddressOfRecord;

/**
 * The operator's rules, of which the first that fits decides. Nothing leaves over a trunk, and
 * nothing that comes from one reaches anybody, but where a rule says so. Immutable, safe from any
 * thread.
 */
final class DialPlan {
  /** What may be dialled on a trunk: nothing that could become another part of a URI. */
  private static final Pattern DIALLABLE = Pattern.compile("[A-Za-z0-9+*#._~-]{1,64}");

  private static final Route.Refused NOT_LET =
      new Route.Refused(
          RouteRefusal.FORBIDDEN, "No rule of the dial plan lets you call this number.");

  private final ImmutableList<DialRule> rules;

  DialPlan(ImmutableList<DialRule> rules) {
    this.rules = rules;
  }

  /** Where a number leads, or {@code otherwise} if no rule is for it. */
  Decision decide(Origin origin, String number, Decision otherwise) {
    for (int index = 0; index < rules.size(); index++) {
      if (fit(rules.get(index), origin, number) == Fit.FITS) {
        return new Decision(route(rules.get(index), number), text(index));
      }
    }
    return origin instanceof Origin.User ? notLet(number).orElse(otherwise) : otherwise;
  }

  /** What becomes of each rule for a number, in their order, for the operator. */
  ImmutableList<String> consider(Origin origin, String number) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    boolean decided = false;
    for (int index = 0; index < rules.size(); index++) {
      Fit fit = fit(rules.get(index), origin, number);
      lines.add(text(index) + ": " + (decided ? "not reached" : fit.words));
      decided |= fit == Fit.FITS;
    }
    return lines.build();
  }

  /** Whether a rule decides about a number, and why not. */
  private enum Fit {
    OTHER_ORIGIN("not for calls from there"),
    OTHER_NUMBERS("not for this number"),
    NOTHING_TO_DIAL("leaves no number that a trunk could be told"),
    FITS("decides");

    private final String words;

    Fit(String words) {
      this.words = words;
    }
  }

  private static Fit fit(DialRule rule, Origin origin, String number) {
    if (!rule.isFor(origin)) {
      return Fit.OTHER_ORIGIN;
    }
    if (!rule.matches(number)) {
      return Fit.OTHER_NUMBERS;
    }
    return routes(rule.to(), rule, number).isEmpty() ? Fit.NOTHING_TO_DIAL : Fit.FITS;
  }

  /** A number that others may call exists, but not for this user. */
  private Optional<Decision> notLet(String number) {
    for (int index = 0; index < rules.size(); index++) {
      DialRule rule = rules.get(index);
      if (rule.from() instanceof DialRule.From.User && rule.matches(number)) {
        return Optional.of(new Decision(NOT_LET, text(index) + " is for somebody else"));
      }
    }
    return Optional.empty();
  }

  /** One place and no further is said as such. */
  private static Route route(DialRule rule, String number) {
    ImmutableList<Step<Route>> steps = routes(rule.to(), rule, number);
    Forwards<Route> forwards =
        new Forwards<>(
            routes(rule.forwards().onBusy(), rule, number),
            routes(rule.forwards().onNoAnswer(), rule, number),
            routes(rule.forwards().onUnavailable(), rule, number));
    Step<Route> first = steps.get(0);
    boolean plain = steps.size() == 1 && first.ringFor() == null && forwards.isEmpty();
    return plain ? first.to() : new Route.ToSteps(steps, forwards);
  }

  private static ImmutableList<Step<Route>> routes(
      ImmutableList<Step<DialRule.To>> steps, DialRule rule, String number) {
    return Step.map(steps, to -> route(to, rule, number).stream().toList());
  }

  private static Optional<Route> route(DialRule.To to, DialRule rule, String number) {
    if (to instanceof DialRule.To.User user) {
      return Optional.of(new Route.ToUser(new AddressOfRecord(user.name())));
    }
    if (to instanceof DialRule.To.Group group) {
      return Optional.of(
          new Route.ToGroup(
              group.users().stream()
                  .map(AddressOfRecord::new)
                  .collect(ImmutableList.toImmutableList())));
    }
    if (to instanceof DialRule.To.Extension extension) {
      return Optional.of(new Route.ToExtension(extension.kind()));
    }
    if (to instanceof DialRule.To.Trunk trunk) {
      String dialled = trunk.number().isEmpty() ? rule.rewritten(number) : trunk.number();
      return Optional.of(dialled)
          .filter(DIALLABLE.asMatchPredicate())
          .map(known -> new Route.ToTrunk(trunk.name(), known));
    }
    throw new AssertionError(to);
  }

  private String text(int index) {
    return "rule " + (index + 1) + " (" + rules.get(index) + ")";
  }
}
