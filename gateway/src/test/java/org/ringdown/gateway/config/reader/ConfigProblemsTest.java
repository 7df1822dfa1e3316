package org.ringdown.gateway.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.yaml.ConfigException;

/** What a configuration file must not say, and what the operator hears of it. */
class ConfigProblemsTest {
  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          sip: { nonceLifetme: 5m }           | sip.nonceLifetme (line 1): unknown key; did you mean nonceLifetime?
          sip: { nonce-lifetime: 5m }         | sip.nonce-lifetime (line 1): unknown key; did you mean nonceLifetime?
          admin: { port: 1 }                  | admin.port (line 1): unknown key; expected one of listen
          phones: {}                          | phones (line 1): unknown key; expected one of admin, calls,
          sip: { nonceLifetime: 5 }           | sip.nonceLifetime (line 1): "5" has no unit (known: ms, s, m, h); expected a duration from 10s to 24h
          sip: { nonceLifetime: 5d }          | "5d" has an unknown unit
          sip: { nonceLifetime: -5s }         | "-5s" is not a number with a unit
          sip: { nonceLifetime: 1s }          | "1s" is out of range
          sip: { nonceLifetime: [5m] }        | sip.nonceLifetime (line 1): is a list; expected a duration
          sip: { nonceLifetime: }             | sip.nonceLifetime (line 1): is empty; expected a duration
          sip: { maxMessageSize: 9GiB }       | "9GiB" has an unknown unit (known: B, KiB, MiB); expected a size from 1KiB to 64KiB
          sip: { maxMessageSize: 900000MiB }  | "900000MiB" is out of range
          sip: { listen: "udp:1.2.3.4:5" }    | sip.listen (line 1): is a single value; expected a list, each udp:, tcp: or tls:
          sip: { listen: [] }                 | sip.listen (line 1): is empty; expected at least one address
          sip: { listen: ["ws:[::1]:5061"] }  | sip.listen[0] (line 1): "ws:[::1]:5061" does not begin with udp:, tcp: or tls:
          sip: { listen: ["tls:[::1]:5061"] } | sip.tls.certificate (line 1): has no file; expected one, since sip.listen has tls
          sip: { tls: { clientAuth: some } }  | "some" is not known here; expected none or optional or required
          sip: { connections: { max: 1 } }    | "1" is out of range; expected a number from 10 to 100000
          sip: { listen: ["udp:[::1]"] }      | "udp:[::1]" has no port
          sip: { listen: ["udp:::1:5060"] }   | "udp:::1:5060" has no port
          sip: { listen: ["udp:host:5060"] }  | "udp:host:5060" is not an IP address
          sip: { listen: ["udp:[::1]:99999"] }| "udp:[::1]:99999" is not an address with a port
          sip: { listen: [{udp: 5060}] }      | sip.listen[0] (line 1): is a section; expected udp:, tcp: or tls:
          sip: { realm: "my realm" }          | "my realm" is not a host; expected a host name or an IP address
          sip: { registration: { maxExpires: 30m } } | sip.registration (line 1): is not in order
          sip: { registration: { maxContacts: 0 } } | "0" is out of range; expected a number from 1 to 100
          sip: { registration: { maxContacts: x } } | "x" is not a whole number
          sip: 5060                           | sip (line 1): is a single value; expected a section of settings
          web: { http: "8080" }               | web.http (line 1): "8080" has no port
          web: { http: "127.0.0.1:8443" }     | web.https (line 1): 127.0.0.1:8443 is taken by web.http
          web: { certificate: { file: no } }  | web.certificate.file (line 1): "no" is not a file that can be read
          web: { allowedOrigins: ["*"] }      | web.allowedOrigins[0] (line 1): "*" is not an origin
          web: { tokens: { secret: short } }  | web.tokens (line 1): has a secret that can be guessed
          web: { tokens: { jwks: "http://login.example.com/keys" } } | web.tokens.jwks (line 1): "http://login.example.com/keys" is not protected on its way
          web: { tokens: { jwks: "https:///keys" } } | web.tokens.jwks (line 1): "https:///keys" has no host
          web: { tokens: { jwks: no.json } }  | web.tokens.jwks (line 1): "no.json" is not a file that can be read; expected the path of a file or an https URL
          web: { tokens: { keys: [gateway.yaml] } } | web.tokens.keys[0] (line 1): "gateway.yaml" holds no public key; expected a PEM file
          web: { limits: { messagesPerSecond: 1 } } | "1" is out of range; expected a number from 5 to 10000
          web: { iceServers: [ {} ] }         | web.iceServers[0] (line 1): has no urls
          web: { turn: { urls: ["turn:x"] } } | web.turn (line 1): needs both urls and secret
          web: { turn: { secret: x } }        | web.turn (line 1): needs both urls and secret
          web: { turn: { urls: ["stun:x"], secret: x } } | web.turn (line 1): has the URL of a STUN server
          web: { iceServers: [ 5 ] }          | web.iceServers[0] (line 1): is a single value; expected a section
          web: { iceServers: [ {urls: ["http://x"]} ] } | web.iceServers[0].urls[0] (line 1): "http://x" is not the URL of a STUN or TURN server
          web: { iceServers: [ {urls: ["turn:x"]} ] }   | web.iceServers[0] (line 1): is a TURN server without a username
          media: { publicAddresses: [0.0.0.0] }    | media.publicAddresses[0] (line 1): "0.0.0.0" is not the address of one machine
          media: { listen: "127.0.0.1:20010" }     | media.listen (line 1): 127.0.0.1:20010 is taken by media.rtp.ports
          media: { rtp: { ports: 20000 } }         | "20000" is not a range of ports
          media: { rtp: { ports: 20001-20010 } }   | "20001-20010" is not made of whole pairs; expected an even first and an odd last
          media: { rtp: { ports: 30000-20001 } }   | "30000-20001" ends before it begins
          media: { rtp: { ports: 1000-2001 } }     | "1000-2001" is out of range
          media: { rtp: { bind: [] } }             | media.rtp.bind (line 1): is empty; expected an address
          media: { rtp: { bind: [127.0.0.1, 127.0.0.2] } } | media.rtp.bind (line 1): has two addresses of one family
          media: { rtp: { bind: [0.0.0.0, "::1"], publicAddress: "2001:db8::1" } } | media.rtp.bind (line 1): is no address to tell phones of
          media: { rtp: { bind: 0.0.0.0 } }        | media.rtp.bind (line 1): is no address to tell phones of
          users: { "a b": { password: x } }        | users.a b (line 1): "a b" cannot be the user part of a SIP URI
          users: { bob: { display: Bob } }         | users.bob (line 1): has no password
          users: { bob: { password: [x] } }        | users.bob.password (line 1): is not one value
          users: [ bob ]                           | users (line 1): is a list; expected a section
          extensions: { "99": music }              | extensions.99 (line 1): "music" is not known here; expected echo or tone
          extensions: { "1001": echo }             | extensions.1001 (line 1): is a user too
          exposeDemoUsers: yes                     | exposeDemoUsers (line 1): "yes" is neither true nor false
          [ 1, 2 ]                                 | file: is a list; expected a section of settings
          { [1]: 2 }                               | file (line 1): has a key that is not plain text
          """)
  void aValueThatCannotBeIsRefused(String yaml, String problem) throws Exception {
    assertThat(problems(yaml)).singleElement().asString().contains(problem);
  }

  @Test
  void allProblemsAreReportedTogetherInTheOrderOfTheFile() throws Exception {
    assertThat(
            problems(
                """
                web:
                  http: here
                  maxFrameSize: tiny
                sip:
                  realm: "?"
                  realm: ringdown
                  lisen: []
                admin:
                  listen: 127.0.0.1:8443
                """))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("web.http (line 2): "),
            second -> assertThat(second).startsWith("web.maxFrameSize (line 3): "),
            third -> assertThat(third).startsWith("sip.realm (line 5): "),
            fourth ->
                assertThat(fourth)
                    .isEqualTo("sip.realm (line 6): is set twice; expected each key once"),
            fifth -> assertThat(fifth).startsWith("sip.lisen (line 7): "),
            sixth ->
                assertThat(sixth)
                    .isEqualTo(
                        "admin.listen (line 9): 127.0.0.1:8443 is taken by web.https; expected a"
                            + " port of its own"));
  }

  @Test
  void aBrokenSettingIsNotComparedWithOthers() throws Exception {
    assertThat(problems("web: { http: nowhere }\nadmin: { listen: '127.0.0.1:8080' }"))
        .singleElement()
        .asString()
        .startsWith("web.http");
  }

  @Test
  void aWildcardTakesThePortOfEveryAddress() throws Exception {
    assertThat(problems("admin: { listen: '0.0.0.0:8080' }"))
        .containsExactly(
            "admin.listen (line 1): 0.0.0.0:8080 is taken by web.http; expected a port of its own");
  }

  @Test
  void invalidYamlIsReportedWithItsLine() throws Exception {
    assertThat(problems("sip:\n  realm: a\n bad"))
        .singleElement()
        .asString()
        .startsWith("file (line 3): is not valid YAML: ");
    assertThat(problems("a: 1\n---\nb: 2")).singleElement().asString().contains("not valid YAML");
    assertThat(problems("a: \u0001")).singleElement().asString().contains("not valid YAML");
  }

  @Test
  void aFileThatCannotBeReadIsAProblem() throws Exception {
    Path latin1 =
        Files.write(directory.resolve("latin1.yaml"), new byte[] {'#', (byte) 0xE9, '\n'});

    assertThat(problems(directory.resolve("missing.yaml")))
        .containsExactly("file: does not exist: " + directory.resolve("missing.yaml"));
    assertThat(problems(latin1)).containsExactly("file: is not UTF-8 text: " + latin1);
    assertThat(problems(directory)).singleElement().asString().startsWith("file: cannot be read");
  }

  @Test
  void demoUsersAreNotExposedUnlessAskedFor() throws Exception {
    String listens =
        "sip: { listen: ['tcp:127.0.0.1:5060', 'udp:0.0.0.0:5060'] }\n"
            + "web: { https: '[::]:8443' }\n";

    assertThat(problems(listens))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith("sip.listen[1] (line 1): 0.0.0.0:5060 lets other machines"),
            second ->
                assertThat(second).startsWith("web.https (line 2): [::]:8443 lets other machines"));
    assertThat(load(listens + "exposeDemoUsers: true").hasDemoUsers()).isTrue();
    assertThat(load(listens + "users: { bob: { password: x } }").hasDemoUsers()).isFalse();
  }

  @Test
  void whatIsMissingForASubstitutionIsAProblem() throws Exception {
    assertThat(
            problems(
                """
                sip: { realm: "${MISSING}" }
                users:
                  a: { password: "${file:none.txt}" }
                  b: { password: "hush ${MISSING}" }
                  c: { password: "hush ${MISSING" }
                  d: { password: "hush ${not a name}" }
                """))
        .satisfiesExactly(
            realm ->
                assertThat(realm)
                    .startsWith(
                        "sip.realm (line 1): \"${MISSING}\" needs the environment variable MISSING,"
                            + " which is not set; expected"),
            file -> assertThat(file).contains("users.a.password (line 3): needs the file none.txt"),
            missing ->
                assertThat(missing)
                    .isEqualTo(
                        "users.b.password (line 4): needs the environment variable MISSING, which"
                            + " is not set"),
            open -> assertThat(open).contains("has a ${ without a }").doesNotContain("hush"),
            name -> assertThat(name).contains("names no environment variable"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "media: { phones: { codecs: [PCMA, G729] } }|media.phones.codecs[1] (line 1): \"G729\" is"
            + " no codec",
        "media: { phones: { srtp: maybe } }|media.phones.srtp (line 1): \"maybe\" is not known"
            + " here",
        "media: { phones: { dtmf: inband } }|media.phones.dtmf (line 1): \"inband\" is not known"
            + " here",
        "media: { phones: { codecs: [telephone-event] } }|media.phones (line 1): has no codec for"
            + " sound",
        "media: { phones: { codecs: [PCMA, pcma] } }|media.phones (line 1): has a codec twice",
        "media: { phones: { codecs: [PCMA], dtmf: rfc4733 } }|media.phones (line 1): sends digits"
            + " as",
        "trunks: { x: { kind: peer, server: sip:x, media: { codecs: [ulaw] } }"
            + " }|trunks.x.media.codecs[0]",
      })
  void mediaThatNobodyHasAreProblems(String yaml, String problem) throws Exception {
    assertThat(problems(yaml)).singleElement().asString().startsWith(problem);
  }

  private GatewayConfig load(String yaml) throws IOException, ConfigException {
    return new ConfigText(directory).load(yaml);
  }

  private ImmutableList<String> problems(String yaml) throws IOException {
    return new ConfigText(directory).problems(yaml);
  }

  private static ImmutableList<String> problems(Path file) {
    return catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(file, name -> null))
        .problems();
  }
}
