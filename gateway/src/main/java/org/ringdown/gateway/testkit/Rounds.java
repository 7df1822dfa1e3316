package org.ringdown.gateway.testkit;

import com.google.common.collect.ImmutableMap;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.report.ConsoleReport;
import org.ringdown.gateway.testkit.run.Account;
import org.ringdown.gateway.testkit.run.Outcome;
import org.ringdown.gateway.testkit.run.Runner;
import org.ringdown.gateway.testkit.run.Target;
import org.ringdown.gateway.testkit.run.TestedGateway;
import org.ringdown.gateway.testkit.script.ActorPlan;
import org.ringdown.gateway.testkit.script.GatewayPlan;
import org.ringdown.gateway.testkit.script.Script;
import org.ringdown.gateway.testkit.stage.GatewayAddress;
import org.ringdown.gateway.testkit.stage.StepFailure;

/**
 * All runs of a call of the command, one after the other or some at a time. Scripts that do not ask
 * for a gateway of their own share one; each run has users of its own there.
 */
final class Rounds {
  private static final int SIP_PORT = 5060;
  private static final int WEB_PORT = 8080;
  private static final Duration LEFTOVERS = Duration.ofSeconds(5);

  private final CommandLine command;
  private final Consumer<String> out;
  private final String password = Long.toString(ThreadLocalRandom.current().nextLong(), 36);

  Rounds(CommandLine command, Consumer<String> out) {
    this.command = command;
    this.out = out;
  }

  /** One run to come. */
  private record Planned(Script script, ImmutableMap<String, String> row, String suffix) {
    String title() {
      return Runner.title(script, row);
    }
  }

  List<Outcome> play(List<Script> scripts) throws InterruptedException, StepFailure {
    List<Planned> plan = plan(scripts);
    boolean shared = plan.stream().anyMatch(run -> run.script().gateway() == null);
    if (command.gateway().isPresent()) {
      return playElsewhere(plan);
    }
    if (!shared) {
      return play(plan, run -> null);
    }
    try (TestedGateway gateway = TestedGateway.start("", users(plan))) {
      List<Outcome> outcomes =
          play(plan, run -> new Target(gateway.address(), actor -> account(run, actor)));
      ImmutableMap<String, Object> left = gateway.leftovers(LEFTOVERS);
      if (!left.isEmpty()) {
        throw new StepFailure("when all calls were over there was still in the gateway: " + left);
      }
      return outcomes;
    }
  }

  private List<Outcome> playElsewhere(List<Planned> plan) throws InterruptedException, StepFailure {
    List<Planned> possible = new ArrayList<>();
    for (Planned run : plan) {
      GatewayPlan own = run.script().gateway();
      if (own == null || own.equals(GatewayPlan.USUAL)) {
        requireAccounts(run.script());
        possible.add(run);
      } else {
        out.accept("Left out, because it needs settings of its own: " + run.title());
      }
    }
    GatewayAddress address = elsewhere();
    return play(possible, run -> new Target(address, command::account));
  }

  private void requireAccounts(Script script) throws StepFailure {
    for (ActorPlan plan : script.actors().values()) {
      boolean known = plan.setting("user").isPresent() || command.hasAccount(plan.name());
      if (plan.kind() != ActorPlan.Kind.PEER && !known) {
        throw new StepFailure(
            plan.place()
                + ": whom does "
                + plan.name()
                + " sign in as? expected --user "
                + plan.name()
                + "=USER:PASSWORD, or user: and password: in the script");
      }
    }
  }

  private List<Planned> plan(List<Script> scripts) {
    List<Planned> plan = new ArrayList<>();
    for (int round = 0; round < command.repeat(); round++) {
      for (Script script : scripts) {
        for (ImmutableMap<String, String> row : script.cases()) {
          if (Runner.title(script, row).contains(command.filter())
              || script.place().file().contains(command.filter())) {
            plan.add(new Planned(script, row, plan.isEmpty() ? "" : "-" + (plan.size() + 1)));
          }
        }
      }
    }
    return plan;
  }

  private Map<String, String> users(List<Planned> plan) {
    Map<String, String> users = new HashMap<>();
    for (Planned run : plan) {
      run.script().actors().keySet().forEach(actor -> users.put(actor + run.suffix(), password));
    }
    return users;
  }

  private Account account(Planned run, String actor) {
    return new Account(actor + run.suffix(), password);
  }

  private GatewayAddress elsewhere() throws StepFailure {
    String host = command.gateway().orElseThrow().getHost();
    int port = command.gateway().orElseThrow().getPortOrDefault(SIP_PORT);
    try {
      InetSocketAddress sip = new InetSocketAddress(InetAddress.getByName(host), port);
      InetSocketAddress tls = new InetSocketAddress(sip.getAddress(), command.tlsPort());
      URI web = URI.create(command.web().orElse("ws://" + host + ":" + WEB_PORT + "/ws"));
      if (!String.valueOf(web.getScheme()).matches("wss?") || web.getHost() == null) {
        throw new StepFailure("--web needs a URL such as ws://host:8080/ws, not " + web);
      }
      return new GatewayAddress(sip, sip, tls, web, command.insecure());
    } catch (UnknownHostException e) {
      throw new StepFailure("nobody knows where " + host + " is");
    } catch (IllegalArgumentException e) {
      throw new StepFailure("--web needs a URL such as ws://host:8080/ws", e);
    }
  }

  /** Finds what a run is to test. */
  private interface Targets {
    @Nullable Target of(Planned run);
  }

  private List<Outcome> play(List<Planned> plan, Targets targets) throws InterruptedException {
    if (command.parallel() == 1) {
      List<Outcome> outcomes = new ArrayList<>();
      for (Planned run : plan) {
        outcomes.add(play(run, targets, out));
      }
      return outcomes;
    }
    return playTogether(plan, targets);
  }

  private List<Outcome> playTogether(List<Planned> plan, Targets targets)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(command.parallel());
    try {
      List<Future<Outcome>> running = new ArrayList<>();
      for (Planned run : plan) {
        running.add(threads.submit(() -> playQuietly(run, targets)));
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> each : running) {
        outcomes.add(each.get());
      }
      return outcomes;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the kit failed", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private Outcome playQuietly(Planned run, Targets targets) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    Outcome outcome = play(run, targets, lines::add);
    synchronized (out) {
      lines.forEach(out);
    }
    return outcome;
  }

  private Outcome play(Planned run, Targets targets, Consumer<String> lines)
      throws InterruptedException {
    ConsoleReport report = new ConsoleReport(lines, command.messages());
    report.begins(run.title(), run.script().place().file());
    boolean own = run.script().gateway() != null && command.gateway().isEmpty();
    Target target = own ? null : targets.of(run);
    Outcome outcome =
        new Runner(run.script(), run.row(), target, command.patience(), report::step).run();
    report.ends(outcome);
    return outcome;
  }
}
