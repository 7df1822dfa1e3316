package org.ringdown.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class DemoUsersTest {
  private final SecureRandom random = new SecureRandom();

  @Test
  void thereIsOneForTheBrowserAndOneForThePhone() {
    assertThat(DemoUsers.create(random)).containsOnlyKeys("alice", "1001");
  }

  @Test
  void passwordsCanBeReadAloud() {
    assertThat(DemoUsers.create(random).values())
        .allSatisfy(
            user ->
                assertThat(user.password().value())
                    .matches("[a-hjkmnp-z2-9]{4}-[a-hjkmnp-z2-9]{4}-[a-hjkmnp-z2-9]{4}"));
  }

  @Test
  void passwordsAreNewEachTime() {
    assertThat(DemoUsers.create(random).get("alice"))
        .isNotEqualTo(DemoUsers.create(random).get("alice"));
  }
}
