package org.ringdown.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.gateway.routing.DialRule.From;
import org.ringdown.gateway.routing.DialRule.Match;
import org.ringdown.gateway.routing.DialRule.To;
import org.ringdown.gateway.routing.address.AddressOfRecord;

/** What leaves the house, and what comes in. */
class DialPlanTest {
  private static final Origin ALICE = new Origin.User("alice");
  private static final Origin BOB = new Origin.User("bob");
  private static final Origin PBX = new Origin.Trunk("pbx");

  private final Router router =
      new Router(
          ImmutableSet.of("alice", "bob", "1001"),
          ImmutableMap.of("9196", ExtensionKind.ECHO),
          ImmutableList.of(
              rule(new From.User("alice"), new Match.Prefix("00"), new To.Trunk("world"), 2, "+"),
              rule(new From.Users(), new Match.Prefix("01"), new To.Trunk("pbx"), 1, ""),
              rule(new From.Users(), regex("[2-8][0-9]{3}"), new To.Trunk("pbx"), 0, "9"),
              rule(new From.Trunk("pbx"), new Match.Exact("100"), new To.User("alice"), 0, ""),
              rule(
                  new From.Trunk("pbx"),
                  regex("20[01]"),
                  new To.Group(ImmutableList.of("alice", "bob")),
                  0,
                  ""),
              rule(
                  new From.Any(),
                  new Match.Exact("77"),
                  new To.Extension(ExtensionKind.TONE),
                  0,
                  "")));

  @ParameterizedTest
  @CsvSource({
    "0049301234, world, +49301234",
    "00 49 (30) 1234, world, +49301234",
    "sip:0049301234@gateway, world, +49301234",
    "tel:0049-30-1234, world, +49301234",
    "0123, pbx, 123",
    "4711, pbx, 94711",
    "01*21#, pbx, 1*21#",
  })
  void aUserCallsOutWhereARuleLetsHer(String dialled, String trunk, String number) {
    assertThat(router.route(ALICE, dialled)).isEqualTo(new Route.ToTrunk(trunk, number));
  }

  @Test
  void aNumberThatIsForOthersIsForbidden() {
    Decision decision = router.decide(BOB, "0049301234");

    assertThat(((Route.Refused) decision.route()).reason()).isEqualTo(RouteRefusal.FORBIDDEN);
    assertThat(decision.because()).startsWith("rule 1 (from user alice, match prefix 00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"110", "+49301234", "47111", "carol", "100"})
  void nothingLeavesTheHouseWithoutARule(String dialled) {
    assertThat(router.route(ALICE, dialled))
        .isInstanceOfSatisfying(
            Route.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RouteRefusal.NOT_FOUND));
  }

  @Test
  void whatIsNoNumberForATrunkIsNotSentThere() {
    assertThat(router.route(ALICE, "01")).isEqualTo(new Route.ToTrunk("pbx", "1"));
    assertThat(router.route(ALICE, "00")).isInstanceOf(Route.Refused.class);
    assertThat(router.route(ALICE, "sip:01%40evil%3E@x")).isInstanceOf(Route.Refused.class);
    assertThat(router.route(ALICE, "01;maddr=evil")).isInstanceOf(Route.Refused.class);
  }

  @Test
  void ownUsersAndExtensionsComeBeforeEveryRule() {
    Router greedy =
        new Router(
            ImmutableSet.of("1001"),
            ImmutableMap.of("9196", ExtensionKind.ECHO),
            ImmutableList.of(rule(new From.Users(), new Match.Any(), new To.Trunk("pbx"), 0, "")));

    assertThat(greedy.route(ALICE, "1001")).isInstanceOf(Route.ToUser.class);
    assertThat(greedy.route(ALICE, "9196")).isInstanceOf(Route.ToExtension.class);
    assertThat(greedy.route(ALICE, "1002")).isEqualTo(new Route.ToTrunk("pbx", "1002"));
  }

  @Test
  void aCallFromATrunkReachesWhatARuleSays() {
    assertThat(router.route(PBX, "100")).isEqualTo(new Route.ToUser(new AddressOfRecord("alice")));
    assertThat(router.route(PBX, "sip:201@gateway"))
        .isEqualTo(
            new Route.ToGroup(
                ImmutableList.of(new AddressOfRecord("alice"), new AddressOfRecord("bob"))));
    assertThat(router.route(PBX, "77")).isEqualTo(new Route.ToExtension(ExtensionKind.TONE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "1001", "9196", "0049301234", "0123", "2011", ""})
  void aCallFromATrunkReachesNothingElse(String dialled) {
    assertThat(router.route(PBX, dialled)).isInstanceOf(Route.Refused.class);
    assertThat(router.route(new Origin.Trunk("other"), dialled)).isInstanceOf(Route.Refused.class);
  }

  @Test
  void theFirstRuleThatFitsDecidesAndIsNamed() {
    assertThat(router.decide(ALICE, "0123").because())
        .isEqualTo("rule 2 (from users, match prefix 01, to trunk pbx, strip 1)");
    assertThat(router.decide(ALICE, "77").because())
        .isEqualTo("rule 6 (from any, match exact 77, to extension tone)");
    assertThat(router.decide(ALICE, "bob").because()).isEqualTo("a user of the gateway");
  }

  @ParameterizedTest
  @CsvSource({
    "+4930123400, true",
    "+4930123455, true",
    "+4930123499, true",
    "+4930123399, false",
    "+4930123500, false",
    "4930123400, false",
    "+493012340, false",
    "+49301234000, false",
    "+493012340x, false",
    "+493012+400, false",
  })
  void aBlockOfNumbersHoldsThoseOfItsLength(String number, boolean holds) {
    assertThat(new Match.Range("+4930123400", "+4930123499").matches(number)).isEqualTo(holds);
  }

  @Test
  void aRuleMayTryOneAfterAnotherAndForward() {
    Step<To> alice = new Step<>(new To.User("alice"), Duration.ofSeconds(20));
    Step<To> mobile = new Step<>(new To.Trunk("pbx", "0171"), null);
    DialRule rule =
        new DialRule(
            new From.Trunk("pbx"),
            new Match.Any(),
            ImmutableList.of(alice),
            0,
            "",
            new Forwards<>(
                ImmutableList.of(), ImmutableList.of(mobile), ImmutableList.of(alice, mobile)));
    Router forwarding = router(rule);

    Step<Route> ring = new Step<>(toUser("alice"), Duration.ofSeconds(20));
    Step<Route> out = new Step<>(new Route.ToTrunk("pbx", "0171"), null);
    assertThat(forwarding.route(PBX, "100"))
        .isEqualTo(
            new Route.ToSteps(
                ImmutableList.of(ring),
                new Forwards<>(
                    ImmutableList.of(), ImmutableList.of(out), ImmutableList.of(ring, out))));
    assertThat(forwarding.decide(PBX, "100").because())
        .isEqualTo(
            "rule 1 (from trunk pbx, match any, to user alice for 20s, onNoAnswer trunk pbx as"
                + " 0171, onUnavailable user alice for 20s then trunk pbx as 0171)");
  }

  @Test
  void everyRuleSaysWhatItMakesOfANumber() {
    assertThat(router.consider(ALICE, "00"))
        .extracting(line -> line.replaceFirst("\\(.*\\)", "()"))
        .containsExactly(
            "rule 1 (): leaves no number that a trunk could be told",
            "rule 2 (): not for this number",
            "rule 3 (): not for this number",
            "rule 4 (): not for calls from there",
            "rule 5 (): not for calls from there",
            "rule 6 (): not for this number");
    assertThat(router.consider(ALICE, "0123").subList(1, 3))
        .extracting(line -> line.replaceFirst("\\(.*\\)", "()"))
        .containsExactly("rule 2 (): decides", "rule 3 (): not reached");
    assertThat(router.consider(ALICE, "bob")).isEmpty();
    assertThat(router.consider(new Origin.Anonymous(), "0123")).isEmpty();
  }

  private static Router router(DialRule rule) {
    return new Router(ImmutableSet.of("alice"), ImmutableMap.of(), ImmutableList.of(rule));
  }

  private static Route toUser(String name) {
    return new Route.ToUser(new AddressOfRecord(name));
  }

  @Test
  void noRuleIsForSomebodyUnknown() {
    assertThat(router.route(new Origin.Anonymous(), "77")).isInstanceOf(Route.Refused.class);
  }

  private static Match regex(String pattern) {
    return new Match.Regex(Pattern.compile(pattern));
  }

  private static DialRule rule(From from, Match match, To to, int strip, String prepend) {
    return new DialRule(from, match, to, strip, prepend);
  }
}
