package org.ringdown.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringdown.gateway.config.reader.ConfigLoader;

final class DifferencesTest {
  private static final String BEFORE =
      """
      sip: {realm: here, registration: {minExpires: 30s}}
      users: {alice: {password: a}, bob: {password: b}}
      trunks:
        pbx:
          kind: peer
          server: "sip:127.0.0.1:5070"
          numbers: {dialledIn: ["regex 0(.*) -> $1"]}
      routes: [{from: users, match: "regex 0[0-9]+", to: trunk pbx}]
      """;

  @TempDir private Path folder;

  private GatewayConfig read(String yaml) throws Exception {
    return ConfigLoader.load(Files.writeString(folder.resolve("gateway.yaml"), yaml), name -> null);
  }

  @Test
  void theSameTextIsTheSameConfiguration() throws Exception {
    assertThat(Differences.between(read(BEFORE), read(BEFORE))).isEmpty();
  }

  @Test
  void whatDiffersIsNamedByItsPath() throws Exception {
    String after =
        BEFORE
            .replace("realm: here", "realm: there")
            .replace("30s", "40s")
            .replace("alice: {password: a}", "alice: {password: other}")
            .replace("bob", "carol")
            .replace("5070", "5071")
            .replace("regex 0[0-9]+", "regex 1[0-9]+");
    assertThat(Differences.between(read(BEFORE), read(after)))
        .containsExactly(
            "routes",
            "sip.realm",
            "sip.registration.minExpires",
            "trunks.pbx",
            "users.alice",
            "users.bob",
            "users.carol");
  }
}
