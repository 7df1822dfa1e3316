package org.ringdown.gateway.testkit.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.script.ActorPlan;
import org.ringdown.gateway.testkit.script.GatewayPlan;
import org.ringdown.gateway.testkit.script.Script;
import org.ringdown.gateway.testkit.script.Variables;
import org.ringdown.gateway.testkit.stage.GatewayAddress;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.gateway.testkit.stage.StepFailure;
import org.ringdown.gateway.testkit.stage.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run: a script and one row of its table. Whatever happens, the tear-down is done, the actors
 * leave and a gateway of its own is closed.
 */
public final class Runner {
  private static final Logger log = LoggerFactory.getLogger(Runner.class);
  private static final InetAddress LOOPBACK = InetAddresses.forString("127.0.0.1");

  private final Script script;
  private final ImmutableMap<String, String> row;
  private final @Nullable Target target;
  private final int patience;
  private final @Nullable Path recordTo;
  private final Consumer<StepResult> onResult;
  private final List<StepResult> results = Collections.synchronizedList(new ArrayList<>());
  private @Nullable String failure;
  private boolean interrupted;

  /**
   * Prepares a run.
   *
   * @param target what is tested; null if the script starts a gateway of its own
   * @param patience what time limits are multiplied by
   * @param recordTo a directory for recordings of all calls; null for none
   * @param onResult told of each step when it is over
   */
  public Runner(
      Script script,
      ImmutableMap<String, String> row,
      @Nullable Target target,
      int patience,
      @Nullable Path recordTo,
      Consumer<StepResult> onResult) {
    this.script = script;
    this.row = row;
    this.target = target;
    this.patience = patience;
    this.recordTo = recordTo;
    this.onResult = onResult;
  }

  /** The script's name and its row. */
  public static String title(Script script, Map<String, String> row) {
    return row.isEmpty()
        ? script.name()
        : script.name()
            + row.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", ", " (", ")"));
  }

  /**
   * Plays it. A thread that is interrupted ends the run early, but for the tear-down; the thread is
   * marked as interrupted again then.
   */
  public Outcome run() {
    Trace trace = new Trace();
    try (Stage stage = Stage.open(trace, local(), script.limit(), patience, recordTo)) {
      onStage(stage);
    } catch (IOException e) {
      fail("cannot begin: " + e.getMessage());
    } catch (StepFailure e) {
      fail(e.text());
    } catch (InterruptedException e) {
      interrupt();
    } catch (RuntimeException e) {
      log.error("a run broke off", e);
      fail("the kit failed: " + e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return new Outcome(
        script,
        title(script, row),
        Duration.ofNanos(trace.nanos()),
        failure,
        ImmutableList.copyOf(results),
        trace.happenings());
  }

  private InetAddress local() throws IOException {
    return target == null ? LOOPBACK : target.local();
  }

  private void fail(String text) {
    failure = failure == null ? text : failure;
  }

  private void interrupt() {
    interrupted = true;
    fail(StepResult.INTERRUPTED);
  }

  private void onStage(Stage stage) throws StepFailure, InterruptedException {
    Map<String, String> values = new HashMap<>(script.variables());
    values.putAll(row);
    Variables given = Variables.of(values);
    Function<String, Account> accounts = target == null ? secrets() : target.accounts();
    try (Cast cast = Cast.of(script.actors().values(), stage, given, accounts)) {
      Variables variables = given.with(cast.facts());
      if (target != null) {
        perform(cast, stage, variables.with(target.facts()), target.address());
        return;
      }
      GatewayPlan plan = filled(variables);
      try (TestedGateway own = TestedGateway.start(plan, users(given, accounts))) {
        try {
          perform(cast, stage, variables.with(Target.facts(own.address())), own.address());
        } finally {
          cast.close();
        }
      }
    }
  }

  private GatewayPlan filled(Variables variables) {
    GatewayPlan plan = script.gateway();
    return plan == null
        ? GatewayPlan.USUAL
        : new GatewayPlan(variables.fill(plan.settings()), plan.hurry());
  }

  private static Function<String, Account> secrets() {
    String password = Long.toString(ThreadLocalRandom.current().nextLong(), 36);
    return actor -> new Account(actor, password);
  }

  private Map<String, String> users(Variables given, Function<String, Account> accounts) {
    Map<String, String> users = new HashMap<>();
    for (ActorPlan plan : script.actors().values()) {
      if (plan.kind() != ActorPlan.Kind.PEER) {
        Account account = Cast.account(plan, given, accounts);
        users.put(account.user(), account.password());
      }
    }
    return users;
  }

  private void perform(Cast cast, Stage stage, Variables variables, GatewayAddress gateway)
      throws InterruptedException {
    Performance performance = new Performance(cast, stage.trace(), this::over);
    try {
      cast.enter(gateway);
      performance.play(script.acts().setUp(), variables);
      performance.play(script.acts().steps(), variables);
    } catch (StepFailure e) {
      fail(e.text());
    } catch (InterruptedException e) {
      interrupt();
    }
    try {
      performance.play(script.acts().tearDown(), variables);
    } catch (StepFailure e) {
      fail(e.text());
    }
  }

  private void over(StepResult result) {
    results.add(result);
    onResult.accept(result);
  }
}
