package org.ringdown.gateway;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringdown.gateway.command.UsageException;
import org.ringdown.gateway.config.DemoUsers;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.Trunk;
import org.ringdown.gateway.routing.Decision;
import org.ringdown.gateway.routing.Origin;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.routing.Router;

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

  Answer answer(GatewayConfig config) throws UsageException {
    ImmutableSet<String> users = config.hasDemoUsers() ? DemoUsers.NAMES : config.users().keySet();
    Router router = new Router(users, config.extensions(), config.routes());
    Origin origin = origin(config, users);
    String wanted = origin instanceof Origin.Trunk ? asWrittenHere(config) : number;
    Decision decision = router.decide(origin, wanted);
    Itinerary way = new Itinerary(config.trunks());
    List<String> lines = new ArrayList<>();
    lines.add(number + " " + way.where(decision.route()));
    if (!wanted.equals(number)) {
      lines.add("  is written " + wanted + " here, by the numbers of the trunk");
    }
    lines.addAll(way.servers(decision.route()));
    if (decision.route() instanceof Route.ToSteps steps) {
      lines.addAll(way.more(steps));
    }
    lines.add("  because: " + decision.because());
    router.consider(origin, wanted).forEach(rule -> lines.add("  " + rule));
    return new Answer(!(decision.route() instanceof Route.Refused), String.join("\n", lines));
  }

  private String asWrittenHere(GatewayConfig config) {
    Trunk trunk = Optional.ofNullable(config.trunks().get(name())).orElseThrow();
    return Router.numberOf(number).map(trunk.policy().numbers().dialledIn()::apply).orElse(number);
  }

  private Origin origin(GatewayConfig config, ImmutableSet<String> users) throws UsageException {
    if (from.equals("users")) {
      return new Origin.User("");
    }
    if (from.startsWith("trunk ") && config.trunks().containsKey(name())) {
      return new Origin.Trunk(name());
    }
    if (!from.startsWith("trunk ") && users.contains(name())) {
      return new Origin.User(name());
    }
    throw new UsageException(
        "nobody to call from: \"" + from + "\"; expected users, a user's name or \"trunk NAME\"");
  }

  private String name() {
    return from.replaceFirst("^(user|trunk) ", "").trim();
  }
}
