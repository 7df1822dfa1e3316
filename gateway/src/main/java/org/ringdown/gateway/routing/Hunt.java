package org.ringdown.gateway.routing;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.Refusals;

/**
 * One call on its way through a route: who is called now, and who next. The steps of a list are
 * tried in turn; when the list is used up, its most telling refusal decides where the call is
 * forwarded, which happens once. Not thread-safe: belongs to its call's executor.
 */
public final class Hunt {
  private final Deque<Step<Route>> left;
  private Forwards<Route> forwards;
  private Refusals refusals = new Refusals();
  private @Nullable Route called;
  private @Nullable Unanswered forwardedOn;

  /** The way through any route but a refusing one. */
  public Hunt(Route route) {
    if (route instanceof Route.ToSteps steps) {
      left = new ArrayDeque<>(steps.steps());
      forwards = steps.forwards();
    } else {
      left = new ArrayDeque<>(ImmutableList.of(new Step<>(route, null)));
      forwards = Forwards.none();
    }
  }

  /** The next to call; empty if nobody is left, and then {@link #verdict} says why. */
  public Optional<Step<Route>> next() {
    if (left.isEmpty() && !forwards.isEmpty()) {
      Unanswered how = Unanswered.of(refusals.mostTelling().kind());
      left.addAll(forwards.after(how));
      forwards = Forwards.none();
      if (!left.isEmpty()) {
        forwardedOn = how;
        refusals = new Refusals();
      }
    }
    Optional<Step<Route>> next = Optional.ofNullable(left.poll());
    next.ifPresent(step -> called = step.to());
    return next;
  }

  /**
   * Whoever was called last did not answer. Where that was somebody behind a trunk who said so, the
   * number is not called over another trunk.
   */
  public void unanswered(EndReason reason) {
    refusals.add(reason);
    if (called instanceof Route.ToTrunk out && !isOfTheTrunk(reason)) {
      while (!left.isEmpty() && isTo(out.number(), left.peek().to())) {
        left.remove();
      }
    }
  }

  /** Whether another trunk may reach whom this one did not; what the callee said stands. */
  private static boolean isOfTheTrunk(EndReason reason) {
    return switch (reason.kind()) {
      case TIMEOUT, UNAVAILABLE, OVERLOADED -> reason.status() == 0 || reason.status() / 100 == 5;
      default -> reason.status() / 100 == 5;
    };
  }

  private static boolean isTo(String number, Route route) {
    return route instanceof Route.ToTrunk out && out.number().equals(number);
  }

  /** Why the call was forwarded to whoever is called now; empty if it was not. */
  public Optional<Unanswered> forwardedOn() {
    return Optional.ofNullable(forwardedOn);
  }

  /** Why nobody answered. */
  public EndReason verdict() {
    return refusals.mostTelling();
  }
}
