package org.ringdown.gateway.routing;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.regex.Pattern;

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
      DialRule rule = rules.get(index);
      if (rule.isFor(origin) && rule.matches(number)) {
        Optional<Route> route = route(rule, number);
        if (route.isPresent()) {
          return new Decision(route.get(), text(index));
        }
      }
    }
    return origin instanceof Origin.User ? notLet(number).orElse(otherwise) : otherwise;
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

  private static Optional<Route> route(DialRule rule, String number) {
    DialRule.To to = rule.to();
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
      String dialled = rule.rewritten(number);
      return DIALLABLE.matcher(dialled).matches()
          ? Optional.of(new Route.ToTrunk(trunk.name(), dialled))
          : Optional.empty();
    }
    throw new AssertionError(to);
  }

  private String text(int index) {
    return "rule " + (index + 1) + " (" + rules.get(index) + ")";
  }
}
