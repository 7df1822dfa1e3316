package org.ringdown.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.command.UsageException;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.reader.ConfigLoader;

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server: 'sip:pbx.example.com;transport=tcp' | sip:pbx.example.com;transport=tcp",
        "server: 'sip:pbx.example.com', outboundProxy: 'sip:10.0.0.1' | sip:10.0.0.1 (the outbound"
            + " proxy)",
        "servers: [{server: 'sip:c', priority: 2}, {server: 'sip:a', priority: 1, weight: 3},"
            + " {server: 'sip:b', priority: 1}] | sip:a (weight 3) or sip:b (weight 1), then sip:c",
      })
  void itSaysAtWhichServersATrunkIsTried(String servers, String said) throws Exception {
    String plan =
        "trunks: {pbx: {kind: peer, %s}}\nroutes: [{match: prefix 0, strip: 1, to: trunk pbx}]"
            .formatted(servers);
    RouteQuestion.Answer answer = new RouteQuestion("users", "0123").answer(load(plan));

    assertThat(answer.text())
        .startsWith("0123 goes to trunk pbx as 123\n  by " + said + "\n  because: rule 1 (");
  }

  @Test
  void itSaysThatACallGoesNowhere() throws Exception {
    RouteQuestion.Answer answer = new RouteQuestion("trunk pbx", "0123").answer(plan());

    assertThat(answer.leads()).isFalse();
    assertThat(answer.text())
        .isEqualTo(
            """
            0123 is refused: No rule of the dial plan says where this number leads.
              because: no rule for it from this trunk
              rule 1 (from users, match prefix 0, to trunk pbx, strip 1): not for calls from there
              rule 2 (from trunk pbx, match exact 100, to group alice 1001): not for this number\
            """);
  }

  @Test
  void itSaysWhoIsTriedAfterThat() throws Exception {
    String plan =
        """
        routes:
          - { to: in-turn alice 1001 for 15s, onBusy: [user alice, extension tone] }
        """;
    RouteQuestion.Answer answer = new RouteQuestion("users", "100").answer(load(plan));

    assertThat(answer.text())
        .isEqualTo(
            """
            100 goes to user alice for 15 s
              then goes to user 1001 for 15 s
              if busy goes to user alice, then goes to extension tone
              because: rule 1 (from users, match any, to user alice for 15s then user 1001 for 15s, onBusy user alice then extension tone)
              rule 1 (from users, match any, to user alice for 15s then user 1001 for 15s, onBusy user alice then extension tone): decides\
            """);
  }

  @Test
  void itAsksForSomebodyWhoExists() {
    assertThatThrownBy(() -> new RouteQuestion("carol", "1").answer(plan()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "nobody to call from: \"carol\"; expected users, a user's name or \"trunk NAME\"");
    assertThatThrownBy(() -> new RouteQuestion("trunk alice", "1").answer(plan()))
        .isInstanceOf(UsageException.class);
  }

  private GatewayConfig plan() throws Exception {
    return load(PLAN);
  }

  private GatewayConfig load(String yaml) throws Exception {
    Path file = Files.writeString(directory.resolve("gateway.yaml"), yaml);
    return ConfigLoader.load(file, name -> null);
  }
}
