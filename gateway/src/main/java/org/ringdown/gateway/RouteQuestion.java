package org.ringdown.gateway;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ringdown.gateway.config.DemoUsers;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.routing.AddressOfRecord;
import org.ringdown.gateway.routing.Decision;
import org.ringdown.gateway.routing.Origin;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.routing.Router;
import org.ringdown.gateway.routing.Step;
import org.ringdown.gateway.routing.Unanswered;

/**
 * The question what would become of a call: {@code --route FROM NUMBER}.
 *
 * @param from {@code NAME} or {@code user NAME}, {@code trunk NAME}, or {@code users} for a user
 *     whom no rule names
 * @param number what is dialled
 */
record RouteQuestion(String from, String number) {
  /**
   * The answer.
   *
   * @param leads whether the call would go anywhere
   * @param text where it would go and why, or why not, to be printed
   */
  record Answer(boolean leads, String text) {}

  Answer answer(GatewayConfig config) throws CommandLine.UsageException {
    ImmutableSet<String> users = config.hasDemoUsers() ? DemoUsers.NAMES : config.users().keySet();
    Router router = new Router(users, config.extensions(), config.routes());
    Origin origin = origin(config, users);
    Decision decision = router.decide(origin, number);
    List<String> lines = new ArrayList<>();
    lines.add(number + " " + where(decision.route()));
    if (decision.route() instanceof Route.ToSteps steps) {
      lines.addAll(more(steps));
    }
    lines.add("  because: " + decision.because());
    router.consider(origin, number).forEach(rule -> lines.add("  " + rule));
    return new Answer(!(decision.route() instanceof Route.Refused), String.join("\n", lines));
  }

  /** What comes after the first step. */
  private static List<String> more(Route.ToSteps steps) {
    List<String> lines = new ArrayList<>();
    steps.steps().stream().skip(1).forEach(step -> lines.add("  then " + where(step)));
    for (Unanswered how : Unanswered.values()) {
      ImmutableList<Step<Route>> after = steps.forwards().after(how);
      if (!after.isEmpty()) {
        lines.add(
            after.stream()
                .map(RouteQuestion::where)
                .collect(Collectors.joining(", then ", "  if " + how + " ", "")));
      }
    }
    return lines;
  }

  private static String where(Step<Route> step) {
    Duration limit = step.ringFor();
    return where(step.to()) + (limit == null ? "" : " for " + limit.toSeconds() + " s");
  }

  private Origin origin(GatewayConfig config, ImmutableSet<String> users)
      throws CommandLine.UsageException {
    if (from.equals("users")) {
      return new Origin.User("");
    }
    if (from.startsWith("trunk ") && config.trunks().containsKey(name())) {
      return new Origin.Trunk(name());
    }
    if (!from.startsWith("trunk ") && users.contains(name())) {
      return new Origin.User(name());
    }
    throw new CommandLine.UsageException(
        "nobody to call from: \"" + from + "\"; expected users, a user's name or \"trunk NAME\"");
  }

  private String name() {
    return from.replaceFirst("^(user|trunk) ", "").trim();
  }

  private static String where(Route route) {
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
      return "goes to trunk " + trunk.trunk() + " as " + trunk.number();
    }
    if (route instanceof Route.ToSteps steps) {
      return where(steps.steps().get(0));
    }
    if (route instanceof Route.Refused refused) {
      return "is refused: " + refused.explanation();
    }
    throw new AssertionError(route);
  }
}
