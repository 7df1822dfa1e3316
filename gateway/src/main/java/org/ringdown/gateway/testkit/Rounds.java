package org.ringdown.gateway.testkit;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableMap;
import com.google.common.util.concurrent.Uninterruptibles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
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

  /** How long actors may take to hang up and leave when somebody ends it all. */
  private static final Duration FAREWELLS = Duration.ofSeconds(20);

  private final CommandLine command;
  private final Consumer<String> out;
  private final int columns;
  private final String password = Long.toString(ThreadLocalRandom.current().nextLong(), 36);

  Rounds(CommandLine command, Consumer<String> out, int columns) {
    this.command = command;
    this.out = out;
    this.columns = columns;
  }

  /**
   * What became of all.
   *
   * @param notPlayed how many runs were not begun because somebody ended it
   * @param interrupted whether somebody did
   */
  record Result(List<Outcome> outcomes, int notPlayed, boolean interrupted) {}

  /** One run to come. */
  private record Planned(Script script, ImmutableMap<String, String> row, String suffix) {
    String title() {
      return Runner.title(script, row);
    }

    /** Its own one of all runs. */
    Path folder(Path directory) {
      String name = title().replaceAll("[^\\p{Alnum}._=-]+", "-").replaceFirst("-$", "");
      return directory.resolve(name + suffix);
    }
  }

  /** Plays them; ends early if the thread is interrupted. */
  Result play(List<Script> scripts) throws InterruptedException, StepFailure {
    List<Planned> plan = plan(scripts);
    boolean shared = plan.stream().anyMatch(run -> run.script().gateway() == null);
    if (command.gateway().isPresent()) {
      return playElsewhere(plan);
    }
    if (!shared) {
      return play(plan, run -> null);
    }
    try (TestedGateway gateway = TestedGateway.start("", users(plan))) {
      Result result =
          play(plan, run -> new Target(gateway.address(), actor -> account(run, actor)));
      ImmutableMap<String, Object> left =
          result.interrupted() ? ImmutableMap.of() : gateway.leftovers(LEFTOVERS);
      if (!left.isEmpty()) {
        throw new StepFailure("when all calls were over there was still in the gateway: " + left);
      }
      return result;
    }
  }

  private Result playElsewhere(List<Planned> plan) throws InterruptedException, StepFailure {
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

  private Result play(List<Planned> plan, Targets targets) {
    List<Outcome> outcomes =
        command.parallel() == 1 ? playInTurn(plan, targets) : playTogether(plan, targets);
    return new Result(outcomes, plan.size() - outcomes.size(), Thread.interrupted());
  }

  private List<Outcome> playInTurn(List<Planned> plan, Targets targets) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Planned run : plan) {
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
      outcomes.add(play(run, targets, out));
    }
    return outcomes;
  }

  private List<Outcome> playTogether(List<Planned> plan, Targets targets) {
    ExecutorService threads = Executors.newFixedThreadPool(command.parallel());
    Map<Integer, Outcome> outcomes = new ConcurrentSkipListMap<>();
    for (int i = 0; i < plan.size(); i++) {
      int number = i;
      threads.execute(() -> outcomes.put(number, playQuietly(plan.get(number), targets)));
    }
    threads.shutdown();
    try {
      boolean over = threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      checkState(over, "nobody waits that long");
    } catch (InterruptedException e) {
      threads.shutdownNow();
      if (!Uninterruptibles.awaitTerminationUninterruptibly(threads, FAREWELLS)) {
        out.accept("Not all actors have left in time.");
      }
      Thread.currentThread().interrupt();
    }
    return List.copyOf(outcomes.values());
  }

  private Outcome playQuietly(Planned run, Targets targets) {
    List<String> lines = new ArrayList<>();
    Outcome outcome = play(run, targets, lines::add);
    synchronized (out) {
      lines.forEach(out);
    }
    return outcome;
  }

  private Outcome play(Planned run, Targets targets, Consumer<String> lines) {
    ConsoleReport report = new ConsoleReport(lines, columns, command.messages());
    report.begins(run.title(), run.script().place().file());
    boolean own = run.script().gateway() != null && command.gateway().isEmpty();
    Target target = own ? null : targets.of(run);
    Path recordTo = command.record().map(run::folder).orElse(null);
    Outcome outcome =
        new Runner(run.script(), run.row(), target, command.patience(), recordTo, report::step)
            .run();
    report.ends(outcome);
    if (recordTo != null) {
      lines.accept("Calls are recorded in " + recordTo);
    }
    return outcome;
  }
}
