package org.ringdown.gateway;

import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ringdown.gateway.config.DemoUsers;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.routing.AddressOfRecord;
import org.ringdown.gateway.routing.Decision;
import org.ringdown.gateway.routing.Origin;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.routing.Router;

/**
 * The question what would become of a call: {@code --route FROM NUMBER}.
 *
 * @param from {@code NAME} or {@code user NAME}, or {@code trunk NAME}
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
    Decision decision = router.decide(origin(config, users), number);
    String text = number + " " + where(decision.route()) + "\n  because: " + decision.because();
    return new Answer(!(decision.route() instanceof Route.Refused), text);
  }

  private Origin origin(GatewayConfig config, ImmutableSet<String> users)
      throws CommandLine.UsageException {
    if (from.startsWith("trunk ") && config.trunks().containsKey(name())) {
      return new Origin.Trunk(name());
    }
    if (!from.startsWith("trunk ") && users.contains(name())) {
      return new Origin.User(name());
    }
    throw new CommandLine.UsageException(
        "nobody to call from: \"" + from + "\"; expected a user's name or \"trunk NAME\"");
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
    if (route instanceof Route.Refused refused) {
      return "is refused: " + refused.explanation();
    }
    throw new AssertionError(route);
  }
}
