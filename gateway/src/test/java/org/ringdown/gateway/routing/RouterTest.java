package org.ringdown.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.gateway.routing.address.AddressOfRecord;

class RouterTest {
  private static final Origin ALICE = new Origin.User("alice");

  private final Router router =
      new Router(
          ImmutableSet.of("alice", "1001", "+4930123", "a-b", "*98", "jürgen"),
          ImmutableMap.of("9196", ExtensionKind.ECHO, "9197", ExtensionKind.TONE));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "alice|alice",
        " alice |alice",
        "alice@example.com|alice",
        "sip:alice@example.com|alice",
        "SIP:alice@example.com:5060;transport=udp?subject=x|alice",
        "sip:alice:secret@[::1]:5060|alice",
        "sip:%61lice@host|alice",
        "%61lice|alice",
        "sip:j%C3%BCrgen@host|jürgen",
        "1001|1001",
        "10 01|1001",
        "1-0.0/1|1001",
        "(10) 01|1001",
        "sip:10-01@host;user=phone|1001",
        "tel:1001|1001",
        "sip:1001;phone-context=+49@host;user=phone|1001",
        "sip:+49-30-123;npdi;rn=+4930999@host|+4930123",
        "tel:+49-30-123|+4930123",
        "TEL:+49(30)123;phone-context=example.com|+4930123",
        "+49 30 123@host|+4930123",
        "a-b|a-b",
        "*98|*98",
      })
  void aUserIsFoundHoweverItIsDialled(String dialled, String user) {
    assertThat(router.route(ALICE, dialled)).isEqualTo(new Route.ToUser(new AddressOfRecord(user)));
  }

  @ParameterizedTest
  @CsvSource({"9196,ECHO", "sip:9196@host,ECHO", "91-97,TONE", "tel:9197,TONE"})
  void anExtensionIsFoundHoweverItIsDialled(String dialled, ExtensionKind kind) {
    assertThat(router.route(ALICE, dialled)).isEqualTo(new Route.ToExtension(kind));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bob", "1002", "Alice", "al-ice", "+1001", "tel:alice-x", "sip:bob@host"})
  void aNameThatNobodyHasIsNotFound(String dialled) {
    assertThat(refusal(ALICE, dialled))
        .isEqualTo(
            new Route.Refused(RouteRefusal.NOT_FOUND, "Nobody here has this name or number."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "@host",
        "sip:",
        "sip:host",
        "sip:@host",
        "sips:alice@host",
        "mailto:alice@host",
        "http://alice",
        "%",
        "%zz",
        "sip:%zz@host",
        "alice\r\nbob",
        "tel:",
        "%00",
      })
  void nonsenseIsNotFoundAndSaysSo(String dialled) {
    assertThat(refusal(ALICE, dialled).reason()).isEqualTo(RouteRefusal.NOT_FOUND);
    assertThat(refusal(ALICE, dialled).explanation()).startsWith("What was dialled is neither");
  }

  @Test
  void somethingEndlessIsNonsense() {
    assertThat(refusal(ALICE, Strings.repeat("9", 257)).explanation())
        .startsWith("What was dialled is neither");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "9196", "nobody", "%zz"})
  void somebodyUnknownReachesNothingAndLearnsNothing(String dialled) {
    assertThat(refusal(new Origin.Anonymous(), dialled))
        .isEqualTo(new Route.Refused(RouteRefusal.FORBIDDEN, "Sign in before you call."));
  }

  @Test
  void aUserComesBeforeAnExtensionOfTheSameName() {
    Router both = new Router(ImmutableSet.of("9196"), ImmutableMap.of("9196", ExtensionKind.ECHO));

    assertThat(both.route(ALICE, "9196")).isInstanceOf(Route.ToUser.class);
  }

  private Route.Refused refusal(Origin origin, String dialled) {
    Route route = router.route(origin, dialled);
    assertThat(route).isInstanceOf(Route.Refused.class);
    return (Route.Refused) route;
  }
}
