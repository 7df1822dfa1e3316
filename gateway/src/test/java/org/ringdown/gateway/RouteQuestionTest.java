package org.ringdown.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.config.ConfigLoader;
import org.ringdown.gateway.config.GatewayConfig;

final class RouteQuestionTest {
  private static final String PLAN =
      """
      trunks: { pbx: { kind: peer, server: sip:192.0.2.1 } }
      routes:
        - { from: users, match: prefix 0, strip: 1, to: trunk pbx }
        - { from: trunk pbx, match: exact 100, to: group alice 1001 }
      """;

  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "alice, 0123, 0123 goes to trunk pbx as 123, rule 1 (",
    "user alice, 1001, 1001 goes to user 1001, a user of the gateway",
    "alice, 9196, 9196 goes to extension echo, an extension of the gateway",
    "trunk pbx, 100, '100 goes to users alice, 1001', rule 2 (",
  })
  void itSaysWhereACallGoesAndWhy(String from, String number, String where, String why)
      throws Exception {
    RouteQuestion.Answer answer = new RouteQuestion(from, number).answer(plan());

    assertThat(answer.leads()).isTrue();
    assertThat(answer.text()).startsWith(where + "\n  because: " + why);
  }

  @Test
  void itSaysThatACallGoesNowhere() throws Exception {
    RouteQuestion.Answer answer = new RouteQuestion("trunk pbx", "0123").answer(plan());

    assertThat(answer.leads()).isFalse();
    assertThat(answer.text())
        .isEqualTo(
            "0123 is refused: No rule of the dial plan says where this number leads.\n"
                + "  because: no rule for it from this trunk");
  }

  @Test
  void itAsksForSomebodyWhoExists() {
    assertThatThrownBy(() -> new RouteQuestion("carol", "1").answer(plan()))
        .isInstanceOf(CommandLine.UsageException.class)
        .hasMessage("nobody to call from: \"carol\"; expected a user's name or \"trunk NAME\"");
    assertThatThrownBy(() -> new RouteQuestion("trunk alice", "1").answer(plan()))
        .isInstanceOf(CommandLine.UsageException.class);
  }

  private GatewayConfig plan() throws Exception {
    Path file = Files.writeString(directory.resolve("gateway.yaml"), PLAN);
    return ConfigLoader.load(file, name -> null);
  }
}
