package org.ringdown.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.EndReason.Kind;

/** Which trunk comes after one that did not bring the call to its end. */
final class HuntTest {
  @ParameterizedTest
  @CsvSource({
    "TIMEOUT, 0, true",
    "UNAVAILABLE, 0, true",
    "OVERLOADED, 503, true",
    "REFUSED, 500, true",
    "REFUSED, 504, true",
    "UNAVAILABLE, 480, false",
    "BUSY, 486, false",
    "NOT_FOUND, 404, false",
    "FORBIDDEN, 403, false",
    "DECLINED, 603, false",
    "NO_ANSWER, 0, false"
  })
  void anotherTrunkIsTriedForWhatIsTheTrunksFault(Kind kind, int status, boolean goesOn) {
    Hunt hunt = hunt(new Route.ToTrunk("a", "1"), new Route.ToTrunk("b", "1"));
    hunt.next();
    hunt.unanswered(new EndReason(kind, By.CALLEE, status, 0, ""));
    assertThat(hunt.next().isPresent()).isEqualTo(goesOn);
  }

  @ParameterizedTest
  @CsvSource({"2, true", "1, false"})
  void anotherNumberIsAnotherMatter(String number, boolean goesOn) {
    Hunt hunt = hunt(new Route.ToTrunk("a", "1"), new Route.ToTrunk("b", number));
    hunt.next();
    hunt.unanswered(new EndReason(Kind.BUSY, By.CALLEE, 486, 0, ""));
    assertThat(hunt.next().isPresent()).isEqualTo(goesOn);
  }

  private static Hunt hunt(Route... routes) {
    ImmutableList.Builder<Step<Route>> steps = ImmutableList.builder();
    for (Route route : routes) {
      steps.add(new Step<>(route, null));
    }
    return new Hunt(new Route.ToSteps(steps.build(), Forwards.none()));
  }
}
