package org.ringdown.gateway.testkit.run;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.ringdown.gateway.testkit.script.ActorPlan;
import org.ringdown.gateway.testkit.script.Variables;
import org.ringdown.gateway.testkit.sip.PhoneActor;
import org.ringdown.gateway.testkit.sip.Profile;
import org.ringdown.gateway.testkit.sip.Profile.Transport;
import org.ringdown.gateway.testkit.sound.Voice;
import org.ringdown.gateway.testkit.stage.Actor;
import org.ringdown.gateway.testkit.stage.GatewayAddress;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.gateway.testkit.stage.StepFailure;
import org.ringdown.gateway.testkit.web.PageActor;

/** The actors of one run. For the thread of the run. */
final class Cast implements AutoCloseable {
  private final Map<String, Actor> actors = new LinkedHashMap<>();

  private Cast() {}

  /** Everybody with a socket, and nobody anywhere yet. */
  static Cast of(
      Iterable<ActorPlan> plans,
      Stage stage,
      Variables variables,
      Function<String, Account> accounts)
      throws StepFailure {
    Cast cast = new Cast();
    try {
      for (ActorPlan plan : plans) {
        Account account = account(plan, variables, accounts);
        cast.actors.put(plan.name(), actor(plan, account, stage, variables));
      }
      return cast;
    } catch (IOException e) {
      cast.close();
      throw new StepFailure("no port for an actor", e);
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

  private static Actor actor(ActorPlan plan, Account account, Stage stage, Variables variables)
      throws IOException, StepFailure {
    boolean idle = plan.setting("idle").map(variables::fill).filter("true"::equals).isPresent();
    var voices = plan.setting("codecs").map(variables::fill).map(Voice::list).orElse(Voice.USUAL);
    if (plan.kind() == ActorPlan.Kind.PAGE) {
      return new PageActor(
          stage, new PageActor.Who(plan.name(), account.user(), account.password(), voices, !idle));
    }
    Profile profile =
        new Profile(
            plan.name(),
            account.user(),
            account.password(),
            plan.setting("display").map(variables::fill).orElse(""),
            transport(plan.setting("transport").map(variables::fill).orElse("udp")),
            plan.setting("srtp").map(variables::fill).filter("true"::equals).isPresent(),
            voices);
    return new PhoneActor(stage, profile, plan.kind() == ActorPlan.Kind.PHONE && !idle);
  }

  private static Transport transport(String word) throws StepFailure {
    return Arrays.stream(Transport.values())
        .filter(transport -> transport.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(() -> new StepFailure("transport " + word + "; expected udp, tcp or tls"));
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
  }
}
