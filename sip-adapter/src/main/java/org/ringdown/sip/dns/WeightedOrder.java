package org.ringdown.sip.dns;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;

/**
 * The order in which to try servers (RFC 2782): by priority, and within one priority at random, in
 * proportion to the weights; a weight of 0 has a very small chance of coming first. Immutable, safe
 * from any thread.
 *
 * @param priority the lower the sooner
 * @param weight the share among those of the same priority, 0 to 65535
 */
public record WeightedOrder<T>(ToIntFunction<T> priority, ToIntFunction<T> weight) {
  /**
   * All of them, in an order to try them in.
   *
   * @param random gives a number from 0 to below its argument
   */
  public ImmutableList<T> of(List<T> servers, IntUnaryOperator random) {
    ImmutableList.Builder<T> order = ImmutableList.builder();
    List<T> left = new ArrayList<>(servers);
    left.sort(Comparator.comparingInt(priority).thenComparingInt(weight));
    while (!left.isEmpty()) {
      int best = priority.applyAsInt(left.get(0));
      List<T> equal = new ArrayList<>();
      left.stream().filter(server -> priority.applyAsInt(server) == best).forEach(equal::add);
      left.subList(0, equal.size()).clear();
      while (!equal.isEmpty()) {
        order.add(equal.remove(chosen(equal, random)));
      }
    }
    return order.build();
  }

  /** The first whose running sum of weights reaches a random number from 0 to the whole sum. */
  private int chosen(List<T> servers, IntUnaryOperator random) {
    int sum = servers.stream().mapToInt(weight).sum();
    int wanted = random.applyAsInt(sum + 1);
    int running = 0;
    for (int index = 0; index < servers.size(); index++) {
      running += weight.applyAsInt(servers.get(index));
      if (running >= wanted) {
        return index;
      }
    }
    throw new AssertionError("a random number beyond the sum of the weights");
  }
}
