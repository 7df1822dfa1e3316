package org.ringdown.gateway.bridge.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.config.GatewayConfig.User;
import org.ringdown.gateway.config.Secret;
import org.ringdown.gateway.routing.Origin;

/** Who may take a call that rings elsewhere. */
final class UsersTest {
  private final Users users =
      new Users(
          ImmutableMap.of(
              "ann", new User(new Secret("a"), "", "sales"),
              "ben", new User(new Secret("b"), "", "sales"),
              "cid", new User(new Secret("c"), "", "service"),
              "dan", new User(new Secret("d"), ""),
              "eve", new User(new Secret("e"), "")),
          "ringdown");

  @ParameterizedTest
  @CsvSource({
    "ann, ann, true",
    "ann, ben, true",
    "ann, cid, false",
    "ann, dan, false",
    "dan, eve, false",
    "dan, dan, true",
    "nobody, ann, false"
  })
  void onlyTheSameUserAndThoseOfItsGroupMayPickUp(String by, String ringing, boolean may) {
    assertThat(users.mayPickUp(new Origin.User(by), new Origin.User(ringing))).isEqualTo(may);
  }

  @ParameterizedTest
  @CsvSource({"pbx, true", "other, false"})
  void aTrunkMayPickUpWhatRingsThere(String ringing, boolean may) {
    assertThat(users.mayPickUp(new Origin.Trunk("pbx"), new Origin.Trunk(ringing))).isEqualTo(may);
  }
}
