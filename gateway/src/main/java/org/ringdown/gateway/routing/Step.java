package org.ringdown.gateway.routing;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Somebody to call, and for how long. Immutable, safe from any thread.
 *
 * @param to whom
 * @param ringFor how long at most; null for as long as calls usually ring
 */
public record Step<T>(T to, @Nullable Duration ringFor) {

  /** The same for other targets; none where the function has none. */
  static <T, R> ImmutableList<Step<R>> map(
      ImmutableList<Step<T>> steps, Function<T, ? extends Iterable<? extends R>> function) {
    ImmutableList.Builder<Step<R>> mapped = ImmutableList.builder();
    for (Step<T> step : steps) {
      for (R to : function.apply(step.to())) {
        mapped.add(new Step<>(to, step.ringFor()));
      }
    }
    return mapped.build();
  }

  @Override
  public String toString() {
    return ringFor == null ? String.valueOf(to) : to + " for " + seconds(ringFor);
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }
}
