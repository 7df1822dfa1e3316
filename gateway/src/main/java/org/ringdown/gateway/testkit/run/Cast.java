package org.ringdown.gateway.testkit.run;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sound.Voice;
import org.ringdown.gateway.testkit.chromium.Chromium;
import org.ringdown.gateway.testkit.script.ActorPlan;
import org.ringdown.gateway.testkit.script.Variables;
import org.ringdown.gateway.testkit.sip.PhoneActor;
import org.ringdown.gateway.testkit.sip.Profile;
import org.ringdown.gateway.testkit.sip.Profile.Transport;
import org.ringdown.gateway.testkit.stage.Actor;
import org.ringdown.gateway.testkit.stage.GatewayAddress;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.gateway.testkit.stage.StepFailure;
import org.ringdown.gateway.testkit.web.BrowserActor;
import org.ringdown.gateway.testkit.web.PageActor;

/** The actors of one run. For the thread of the run. */
final class Cast implements AutoCloseable {
  private final Map<String, Actor> actors = new LinkedHashMap<>();
  private final Stage stage;
  private final Variables variables;
  private @Nullable Chromium chromium;

  private Cast(Stage stage, Variables variables) {
    this.stage = stage;
    this.variables = variables;
  }

  /** Everybody with a socket, and nobody anywhere yet. */
  static Cast of(
      Iterable<ActorPlan> plans,
      Stage stage,
      Variables variables,
      Function<String, Account> accounts)
      throws StepFailure, InterruptedException {
    Cast cast = new Cast(stage, variables);
    try {
      for (ActorPlan plan : plans) {
        cast.actors.put(plan.name(), cast.actor(plan, account(plan, variables, accounts)));
      }
      return cast;
    } catch (StepFailure | InterruptedException e) {
      cast.close();
      throw e;
    }
  }

  /** Whom an actor signs in as. */
  static Account account(ActorPlan plan, Variables variables, Function<String, Account> accounts) {
    Account usual = accounts.apply(plan.name());
    boolean peer = plan.kind() == ActorPlan.Kind.PEER;
    return new Account(
        plan.setting("user").map(variables::fill).orElse(usual.user()),
        plan.setting("password").map(variables::fill).orElse(peer ? "" : usual.password()));
  }

  private Actor actor(ActorPlan plan, Account account) throws StepFailure, InterruptedException {
    try {
      return opened(plan, account);
    } catch (IOException e) {
      throw new StepFailure(plan.name() + " cannot begin", e);
    }
  }

  private Actor opened(ActorPlan plan, Account account)
      throws IOException, StepFailure, InterruptedException {
    boolean idle = setting(plan, "idle").filter("true"::equals).isPresent();
    var voices = setting(plan, "codecs").map(Voice::list).orElse(Voice.USUAL);
    if (plan.kind() == ActorPlan.Kind.PAGE) {
      var who = new PageActor.Who(plan.name(), account.user(), account.password(), voices, !idle);
      return setting(plan, "browser").filter("chromium"::equals).isPresent()
          ? new BrowserActor(stage, who, chromium())
          : new PageActor(stage, who);
    }
    Profile profile =
        new Profile(
            plan.name(),
            account.user(),
            account.password(),
            setting(plan, "display").orElse(""),
            setting(plan, "domain").orElse(""),
            setting(plan, "port").map(Integer::parseInt).orElse(0),
            Transport.valueOf(Ascii.toUpperCase(setting(plan, "transport").orElse("udp"))),
            setting(plan, "srtp").filter("true"::equals).isPresent(),
            voices);
    return new PhoneActor(stage, profile, plan.kind() == ActorPlan.Kind.PHONE && !idle);
  }

  private Optional<String> setting(ActorPlan plan, String key) throws StepFailure {
    Optional<String> value = plan.setting(key).map(variables::fill);
    Optional<String> complaint =
        value.flatMap(text -> plan.kind().setting(key).orElseThrow().complaint(text));
    if (complaint.isPresent()) {
      throw new StepFailure(plan.place() + ": " + complaint.get());
    }
    return value;
  }

  /** One for all pages of the run. */
  private Chromium chromium() throws IOException, InterruptedException {
    Chromium running = chromium;
    if (running == null) {
      running = Chromium.start(System::getenv);
      chromium = running;
    }
    return running;
  }

  Actor actor(String name) {
    Actor actor = actors.get(name);
    if (actor == null) {
      throw new IllegalArgumentException("nobody is called " + name);
    }
    return actor;
  }

  /** Whom a word of a script means: an actor's user, or what it says. */
  String target(String word) {
    Actor actor = actors.get(word);
    return actor == null ? word : actor.facts().getOrDefault("user", word);
  }

  /** What the actors say of themselves, by {@code NAME.what}. */
  ImmutableMap<String, String> facts() {
    ImmutableMap.Builder<String, String> facts = ImmutableMap.builder();
    actors.forEach(
        (name, actor) ->
            actor.facts().forEach((what, value) -> facts.put(name + "." + what, value)));
    return facts.buildOrThrow();
  }

  void enter(GatewayAddress gateway) throws StepFailure, InterruptedException {
    for (Actor actor : actors.values()) {
      try {
        actor.enter(gateway);
      } catch (StepFailure e) {
        throw new StepFailure(actor.name() + " cannot begin: " + e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    actors.values().forEach(Actor::close);
    actors.clear();
    if (chromium != null) {
      chromium.close();
      chromium = null;
    }
  }
}
