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
    return Optional.ofNullable(left.poll());
  }

  /** Whoever was called last did not answer. */
  public void unanswered(EndReason reason) {
    refusals.add(reason);
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
