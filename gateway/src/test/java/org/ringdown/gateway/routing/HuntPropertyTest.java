package org.ringdown.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.routing.address.AddressOfRecord;

/** What holds for any way through any steps. */
final class HuntPropertyTest {
  @Property(tries = 1000)
  void everyStepIsTriedAtMostOnceAndInOrderAndTheHuntEnds(
      @ForAll("routes") Route.ToSteps route, @ForAll("reasons") List<EndReason.Kind> reasons) {
    Hunt hunt = new Hunt(route);
    List<Step<Route>> tried = new ArrayList<>();
    List<EndReason.Kind> told = new ArrayList<>();
    Optional<Step<Route>> next = hunt.next();
    while (next.isPresent()) {
      tried.add(next.get());
      EndReason.Kind how = reasons.get(tried.size() - 1);
      told.add(how);
      hunt.unanswered(EndReason.of(how, By.CALLEE));
      next = hunt.next();
    }

    int first = route.steps().size();
    assertThat(tried.subList(0, first)).isEqualTo(route.steps());
    assertThat(told).contains(hunt.verdict().kind());
    List<Step<Route>> after = tried.subList(first, tried.size());
    assertThat(hunt.forwardedOn().isPresent()).isEqualTo(!after.isEmpty());
    hunt.forwardedOn().ifPresent(how -> assertThat(after).isEqualTo(route.forwards().after(how)));
  }

  @Provide
  Arbitrary<List<EndReason.Kind>> reasons() {
    return Arbitraries.of(EndReason.Kind.values()).list().ofSize(8);
  }

  @Provide
  Arbitrary<Route.ToSteps> routes() {
    Arbitrary<Step<Route>> step =
        Arbitraries.integers()
            .between(0, 1000)
            .map(id -> new Step<>(new Route.ToUser(new AddressOfRecord("u" + id)), null));
    Arbitrary<ImmutableList<Step<Route>>> some =
        step.list().ofMaxSize(3).map(ImmutableList::copyOf);
    Arbitrary<ImmutableList<Step<Route>>> atLeastOne =
        step.list().ofMinSize(1).ofMaxSize(4).map(ImmutableList::copyOf);
    Arbitrary<Forwards<Route>> forwards = Combinators.combine(some, some, some).as(Forwards::new);
    return Combinators.combine(atLeastOne, forwards).as(Route.ToSteps::new);
  }
}
