package org.ringdown.gateway;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ringdown.gateway.config.Trunk;
import org.ringdown.gateway.routing.AddressOfRecord;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.routing.Step;
import org.ringdown.gateway.routing.Unanswered;

/** A route in words, for the operator. */
record Itinerary(ImmutableMap<String, Trunk> trunks) {
  /** Where the first step leads. */
  String where(Route route) {
    if (route instanceof Route.ToUser user) {
      return "goes to user " + user.user().user();
    }
    if (route instanceof Route.ToGroup group) {
      return group.users().stream()
          .map(AddressOfRecord::user)
          .collect(Collectors.joining(", ", "goes to users ", ""));
    }
    if (route instanceof Route.ToExtension extension) {
      return "goes to extension " + extension.kind().toString().toLowerCase(Locale.ROOT);
    }
    if (route instanceof Route.ToTrunk trunk) {
      return "goes to trunk " + trunk.trunk() + " as " + asWrittenThere(trunk);
    }
    if (route instanceof Route.ToSteps steps) {
      return where(steps.steps().get(0));
    }
    if (route instanceof Route.Refused refused) {
      return "is refused: " + refused.explanation();
    }
    throw new AssertionError(route);
  }

  private String asWrittenThere(Route.ToTrunk route) {
    return Optional.ofNullable(trunks.get(route.trunk()))
        .map(trunk -> trunk.policy().numbers().dialledOut().apply(route.number()))
        .orElse(route.number());
  }

  /** What comes after the first step. */
  List<String> more(Route.ToSteps steps) {
    List<String> lines = new ArrayList<>();
    steps.steps().stream().skip(1).forEach(step -> lines.add("  then " + where(step)));
    for (Unanswered how : Unanswered.values()) {
      ImmutableList<Step<Route>> after = steps.forwards().after(how);
      if (!after.isEmpty()) {
        lines.add(
            after.stream()
                .map(this::where)
                .collect(Collectors.joining(", then ", "  if " + how + " ", "")));
      }
    }
    return lines;
  }

  private String where(Step<Route> step) {
    Duration limit = step.ringFor();
    return where(step.to()) + (limit == null ? "" : " for " + limit.toSeconds() + " s");
  }
}
