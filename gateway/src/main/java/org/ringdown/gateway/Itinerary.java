package org.ringdown.gateway;

import static java.util.stream.Collectors.toList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ringdown.gateway.config.Trunk;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.routing.Step;
import org.ringdown.gateway.routing.Unanswered;
import org.ringdown.gateway.routing.address.AddressOfRecord;

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

  /** At which servers a call to a trunk is tried, in their order; nothing for other routes. */
  List<String> servers(Route route) {
    Route first = route instanceof Route.ToSteps steps ? steps.steps().get(0).to() : route;
    return first instanceof Route.ToTrunk out && trunks.containsKey(out.trunk())
        ? List.of("  by " + servers(Optional.ofNullable(trunks.get(out.trunk())).orElseThrow()))
        : List.of();
  }

  /** Among those of the same priority chance decides, by their weights. */
  private static String servers(Trunk trunk) {
    Trunk.Server proxy = trunk.servers().outboundProxy();
    if (proxy != null) {
      return proxy.uri() + " (the outbound proxy)";
    }
    SortedMap<Integer, List<Trunk.Server>> byPriority =
        trunk.servers().all().stream()
            .collect(Collectors.groupingBy(Trunk.Server::priority, TreeMap::new, toList()));
    return byPriority.values().stream()
        .map(Itinerary::ofSamePriority)
        .collect(Collectors.joining(", then "));
  }

  private static String ofSamePriority(List<Trunk.Server> servers) {
    return servers.size() == 1
        ? servers.get(0).uri()
        : servers.stream()
            .map(server -> server.uri() + " (weight " + server.weight() + ")")
            .collect(Collectors.joining(" or "));
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
