package org.ringdown.gateway.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.yaml.ConfigException;
import org.ringdown.gateway.routing.DialRule;
import org.ringdown.gateway.routing.DialRule.From;
import org.ringdown.gateway.routing.DialRule.Match;
import org.ringdown.gateway.routing.DialRule.To;
import org.ringdown.gateway.routing.ExtensionKind;

/** The dial plan, as it stands in the file. */
class DialPlanConfigTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void rulesAreReadInTheirOrder() throws Exception {
    String yaml =
        """
        trunks: { pbx: { kind: peer, server: sip:192.0.2.1 } }
        routes:
          - { to: trunk pbx, match: prefix 0, strip: 1, prepend: "+49" }
          - { from: user alice, match: exact *98, to: extension tone }
          - { from: trunk pbx, match: "regex 1[0-9]{2}", to: "group [alice, 1001]" }
          - { from: any, to: user alice }
        """;

    assertThat(load(yaml).routes())
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .isEqualTo(
                        new DialRule(
                            new From.Users(),
                            new Match.Prefix("0"),
                            new To.Trunk("pbx"),
                            1,
                            "+49")),
            second ->
                assertThat(second)
                    .isEqualTo(
                        new DialRule(
                            new From.User("alice"),
                            new Match.Exact("*98"),
                            new To.Extension(ExtensionKind.TONE),
                            0,
                            "")),
            third ->
                assertThat(third)
                    .hasToString("from trunk pbx, match regex 1[0-9]{2}, to group alice 1001"),
            fourth -> assertThat(fourth).hasToString("from any, match any, to user alice"));
  }

  @Test
  void aRuleMayHaveStepsAndForwards() throws Exception {
    String yaml =
        """
        trunks: { pbx: { kind: peer, server: sip:192.0.2.1 } }
        routes:
          - from: trunk pbx
            match: range +4930123400-+4930123499
            to: in-turn alice 1001 for 15s
            onBusy: group alice 1001
            onNoAnswer: [user 1001 for 500ms , trunk pbx as 0171, extension tone]
            onUnavailable: user alice
        """;

    assertThat(problems(yaml))
        .singleElement()
        .asString()
        .contains("has a time that is out of range (a duration from 1s to 1h");
    assertThat(load(yaml.replace("500ms", "5s")).routes().get(0))
        .hasToString(
            "from trunk pbx, match range +4930123400-+4930123499,"
                + " to user alice for 15s then user 1001 for 15s, onBusy group alice 1001,"
                + " onNoAnswer user 1001 for 5s then trunk pbx as 0171 then extension tone,"
                + " onUnavailable user alice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          routes: [ {} ]                                        | routes[0] (line 1): leads nowhere; expected to: user NAME
          routes: [ { to: trunk pbx } ]                         | routes[0].to (line 1): there is no trunk pbx; expected one under trunks
          routes: [ { to: trunk a b } ]                         | routes[0].to (line 1): there is no trunk a
          routes: [ { from: trunk pbx, to: user alice } ]       | routes[0].from (line 1): there is no trunk pbx
          routes: [ { to: user carol } ]                        | routes[0].to (line 1): there is no user carol
          routes: [ { from: user carol, to: user alice } ]      | routes[0].from (line 1): there is no user carol
          routes: [ { to: group alice carol } ]                 | routes[0].to (line 1): there is no user carol
          routes: [ { to: alice } ]                             | routes[0].to (line 1): "alice" is no place a call can go
          routes: [ { to: user } ]                              | routes[0].to (line 1): "user" does not say which
          routes: [ { to: extension music } ]                   | "extension music" is not known here
          routes: [ { from: everybody, to: user alice } ]       | routes[0].from (line 1): "everybody" is nobody a call comes from
          routes: [ { from: users all, to: user alice } ]       | "users all" says more than is understood
          routes: [ { match: "0", to: user alice } ]            | routes[0].match (line 1): "0" does not say how to compare
          routes: [ { match: "regex [", to: user alice } ]      | "regex [" is not a regular expression
          routes: [ { match: "prefix a@b", to: user alice } ]   | "prefix a@b" cannot be part of a number
          routes: [ { to: in-turn, onBusy: user alice } ]       | routes[0].to (line 1): "in-turn" does not say which
          routes: [ { to: [user alice, pbx] } ]                 | routes[0].to[1] (line 1): "pbx" is no place a call can go
          routes: [ { to: user alice, onBusy: user carol } ]    | routes[0].onBusy (line 1): there is no user carol
          routes: [ { to: user alice, onNoAnswer: trunk pbx } ] | routes[0].onNoAnswer (line 1): there is no trunk pbx
          routes: [ { to: user alice, onBussy: user 1001 } ]    | routes[0].onBussy (line 1): unknown key; did you mean onBusy?
          routes: [ { to: user alice for 2d } ]                 | routes[0].to (line 1): "user alice for 2d" has a time that has an unknown unit
          routes: [ { to: user alice for 5 minutes } ]          | expected one of alice, 1001, and a time such as for 20s or for 5m
          routes: [ { match: range 10-9, to: user alice } ]     | "range 10-9" has a first and a last number of different length
          routes: [ { match: range 19-10, to: user alice } ]    | "range 19-10" ends before it begins
          routes: [ { match: range a-b, to: user alice } ]      | "range a-b" is not a range of numbers
          routes: [ { match: range +1-2, to: user alice } ]     | "range +1-2" is not a range of numbers
          routes: [ { strip: 1, to: user alice } ]              | routes[0] (line 1): rewrites a number that nobody is told
          routes: [ { strip: -1, to: user alice } ]             | routes[0].strip (line 1): "-1" is out of range
          """)
  void whatCannotBeIsRefused(String yaml, String problem) throws Exception {
    assertThat(problems(yaml)).singleElement().asString().contains(problem);
  }

  @Test
  void anybodyAtAllMayNotCallOut() throws Exception {
    assertThat(
            problems(
                """
                trunks: { pbx: { kind: peer, server: sip:x } }
                routes: [ { from: any, to: trunk pbx } ]
                """))
        .singleElement()
        .asString()
        .startsWith("routes[0] (line 2): lets anybody who reaches us call out at your cost");
  }

  private GatewayConfig load(String yaml) throws IOException, ConfigException {
    return new ConfigText(directory).load(yaml);
  }

  private ImmutableList<String> problems(String yaml) throws IOException {
    return new ConfigText(directory).problems(yaml);
  }
}
