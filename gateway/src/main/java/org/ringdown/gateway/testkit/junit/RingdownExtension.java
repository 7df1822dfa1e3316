package org.ringdown.gateway.testkit.junit;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.ringdown.gateway.testkit.run.Account;
import org.ringdown.gateway.testkit.run.Improvisation;
import org.ringdown.gateway.testkit.run.Target;
import org.ringdown.gateway.testkit.run.TestedGateway;
import org.ringdown.gateway.testkit.script.ActorPlan;
import org.ringdown.gateway.testkit.script.ActorPlan.Kind;
import org.ringdown.gateway.testkit.script.Place;
import org.ringdown.gateway.testkit.stage.StepFailure;

/** What makes {@link RingdownTest} work. */
final class RingdownExtension implements ParameterResolver {
  private static final Namespace OURS = Namespace.create(RingdownExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == TestedGateway.class || isActor(type);
  }

  private static boolean isActor(Class<?> type) {
    return type == ScriptedPhone.class || type == ScriptedPage.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (isActor(type) && !parameter.getParameter().isNamePresent()) {
      throw new ParameterResolutionException(
          "an actor has the name of its parameter, which is not in the class file: compile the"
              + " tests with -parameters (maven.compiler.parameters)");
    }
    House house = house(context);
    if (type == TestedGateway.class) {
      return house.gateway;
    }
    String name = parameter.getParameter().getName();
    Director director = director(context, house);
    return type == ScriptedPhone.class
        ? new ScriptedPhone(director, name)
        : new ScriptedPage(director, name);
  }

  private static House house(ExtensionContext context) {
    ExtensionContext ofClass = context.getParent().orElse(context);
    return ofClass
        .getStore(OURS)
        .getOrComputeIfAbsent(
            House.class, key -> new House(context.getRequiredTestClass()), House.class);
  }

  private static Director director(ExtensionContext context, House house) {
    return context
        .getStore(OURS)
        .getOrComputeIfAbsent(
            Troupe.class,
            key -> new Troupe(house.director(context.getRequiredTestMethod())),
            Troupe.class)
        .director;
  }

  /** The gateway of a class, with an account for each name among its parameters. */
  private static final class House implements AutoCloseable {
    private final TestedGateway gateway;
    private final int patience;
    private final String password = Long.toString(ThreadLocalRandom.current().nextLong(), 36);

    House(Class<?> test) {
      RingdownTest wish = test.getAnnotation(RingdownTest.class);
      String settings = wish == null ? "" : wish.settings();
      patience = wish == null ? 1 : wish.patience();
      Map<String, String> users = new LinkedHashMap<>();
      for (Method method : test.getDeclaredMethods()) {
        actors(method).forEach(parameter -> users.put(parameter.getName(), password));
      }
      try {
        gateway = TestedGateway.start(settings, users);
      } catch (StepFailure e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }

    private static List<Parameter> actors(Method method) {
      return Arrays.stream(method.getParameters()).filter(p -> isActor(p.getType())).toList();
    }

    Director director(Method test) {
      Place place = new Place(test.getDeclaringClass().getSimpleName(), 0);
      Map<String, ActorPlan> plans = new LinkedHashMap<>();
      for (Parameter parameter : actors(test)) {
        Kind kind = parameter.getType() == ScriptedPhone.class ? Kind.PHONE : Kind.PAGE;
        plans.put(
            parameter.getName(),
            new ActorPlan(place, parameter.getName(), kind, settings(parameter)));
      }
      Target target = new Target(gateway.address(), actor -> new Account(actor, password));
      return new Director(Improvisation.script(place, test.getName(), plans), target, patience);
    }

    private static ImmutableMap<String, String> settings(Parameter parameter) {
      ActorSettings given = parameter.getAnnotation(ActorSettings.class);
      ImmutableMap.Builder<String, String> settings = ImmutableMap.builder();
      for (String pair : given == null ? new String[0] : given.value()) {
        List<String> sides = Splitter.on('=').limit(2).splitToList(pair);
        if (sides.size() != 2) {
          throw new IllegalArgumentException("expected name=value, not " + pair);
        }
        settings.put(sides.get(0), sides.get(1));
      }
      return settings.buildOrThrow();
    }

    @Override
    public void close() {
      gateway.close();
    }
  }

  /** The actors of one test. */
  private static final class Troupe implements AutoCloseable {
    private final Director director;

    Troupe(Director director) {
      this.director = director;
    }

    @Override
    public void close() {
      director.close();
    }
  }
}
