package org.ringdown.sip.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WeightedOrderTest {
  private record Entry(String name, int priority, int weight) {}

  private static final WeightedOrder<Entry> ORDER =
      new WeightedOrder<>(Entry::priority, Entry::weight);

  @Test
  void theLowestPriorityComesFirst() {
    List<Entry> servers =
        List.of(new Entry("b", 20, 9), new Entry("a", 10, 0), new Entry("c", 30, 9));
    assertThat(ORDER.of(servers, bound -> bound - 1))
        .extracting(Entry::name)
        .containsExactly("a", "b", "c");
  }

  @Test
  void equalsComeInProportionToTheirWeights() {
    List<Entry> servers = List.of(new Entry("a", 1, 75), new Entry("b", 1, 25));
    Random random = new Random(1);
    int first = 0;
    for (int round = 0; round < 2000; round++) {
      first += ORDER.of(servers, random::nextInt).get(0).name().equals("a") ? 1 : 0;
    }
    assertThat(first).isBetween(1400, 1600);
  }

  @Test
  void noWeightHasASmallChanceOnly() {
    List<Entry> servers = List.of(new Entry("none", 1, 0), new Entry("all", 1, 100));
    assertThat(ORDER.of(servers, bound -> 0).get(0).name()).isEqualTo("none");
    assertThat(ORDER.of(servers, bound -> Math.min(1, bound - 1)).get(0).name()).isEqualTo("all");
  }

  @Property(tries = 200)
  void everyServerComesOnceAndPrioritiesNeverFall(
      @ForAll @Size(max = 8) List<@IntRange(max = 3) Integer> priorities, @ForAll long seed) {
    Random random = new Random(seed);
    List<Entry> servers =
        priorities.stream().map(p -> new Entry("x", p, random.nextInt(65536))).toList();
    List<Entry> order = ORDER.of(servers, random::nextInt);
    assertThat(order).containsExactlyInAnyOrderElementsOf(servers);
    assertThat(order).extracting(Entry::priority).isSorted();
  }
}
