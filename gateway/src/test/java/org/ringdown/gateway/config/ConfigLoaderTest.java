package org.ringdown.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.config.GatewayConfig.Admin;
import org.ringdown.gateway.config.GatewayConfig.Calls;
import org.ringdown.gateway.config.GatewayConfig.Certificate;
import org.ringdown.gateway.config.GatewayConfig.IceServer;
import org.ringdown.gateway.config.GatewayConfig.Media;
import org.ringdown.gateway.config.GatewayConfig.Registration;
import org.ringdown.gateway.config.GatewayConfig.Rtp;
import org.ringdown.gateway.config.GatewayConfig.Sip;
import org.ringdown.gateway.config.GatewayConfig.SipListen;
import org.ringdown.gateway.config.GatewayConfig.User;
import org.ringdown.gateway.config.GatewayConfig.Web;
import org.ringdown.gateway.routing.ExtensionKind;
import org.ringdown.sip.SipTransport;

class ConfigLoaderTest {
  private static final String EVERYTHING =
      """
      sip:
        listen: ["udp:0.0.0.0:5070", "TCP:[::1]:0"]
        realm: pbx.example.com
        publicAddress: 203.0.113.5
        nonceLifetime: 30s
        maxMessageSize: 32KiB
        registration: { minExpires: 10s, defaultExpires: 90s, maxExpires: 2h, maxContacts: 3 }
      web:
        http: null
        https: "0.0.0.0:443"
        certificate: { file: web.p12, password: "${KEY_PASSWORD}" }
        allowedOrigins: ["https://example.com", "http://localhost:3000"]
        resumeGrace: 0s
        pingInterval: 5s
        maxFrameSize: 1MiB
        maxCallsPerSession: 2
        iceServers:
          - urls: ["stun:stun.example.com"]
          - { urls: ["turn:turn.example.com:3478?transport=udp"], username: u, credential: c }
      media:
        listen: "[::]:9000"
        publicAddresses: ["203.0.113.5", "2001:db8::5"]
        rtp: { bind: 192.0.2.7, ports: 30000-30001, publicAddress: 203.0.113.5 }
        ioThreads: 3
        iceTimeout: 5s
        consentTimeout: 10s
        silence: 2500ms
      calls: { setupTimeout: 3s, ringTimeout: 2m, maxDuration: 1h, maxCalls: 7 }
      users:
        bob: { password: 0815, display: "Bob" }
        "2002": { password: "x" }
      extensions: { "99": tone }
      admin: { listen: null }
      exposeDemoUsers: true
      """;

  @TempDir private Path directory = Path.of("");

  @Test
  void anEmptyFileGivesTheDefaults() throws Exception {
    assertThat(load("")).isEqualTo(GatewayConfig.defaults());
    assertThat(load("# nothing here\n")).isEqualTo(GatewayConfig.defaults());
    assertThat(load("sip:\nusers:\nweb: {}\n")).isEqualTo(GatewayConfig.defaults());
  }

  @Test
  void everySipSettingCanBeSet() throws Exception {
    assertThat(loadEverything().sip())
        .isEqualTo(
            new Sip(
                ImmutableList.of(
                    new SipListen(SipTransport.UDP, socket("0.0.0.0", 5070)),
                    new SipListen(SipTransport.TCP, socket("::1", 0))),
                "pbx.example.com",
                "203.0.113.5",
                Duration.ofSeconds(30),
                DataSize.ofKib(32),
                new Registration(
                    Duration.ofSeconds(10), Duration.ofSeconds(90), Duration.ofHours(2), 3)));
  }

  @Test
  void everyWebSettingCanBeSet() throws Exception {
    assertThat(loadEverything().web())
        .isEqualTo(
            new Web(
                null,
                socket("0.0.0.0", 443),
                new Certificate(directory.resolve("web.p12"), new Secret("of the key")),
                ImmutableList.of("https://example.com", "http://localhost:3000"),
                Duration.ZERO,
                Duration.ofSeconds(5),
                DataSize.ofKib(1024),
                2,
                ImmutableList.of(
                    new IceServer(ImmutableList.of("stun:stun.example.com"), null, null),
                    new IceServer(
                        ImmutableList.of("turn:turn.example.com:3478?transport=udp"),
                        "u",
                        new Secret("c")))));
  }

  @Test
  void everyMediaSettingCanBeSet() throws Exception {
    assertThat(loadEverything().media())
        .isEqualTo(
            new Media(
                socket("::", 9000),
                ImmutableList.of(
                    InetAddresses.forString("203.0.113.5"), InetAddresses.forString("2001:db8::5")),
                new Rtp(
                    InetAddresses.forString("192.0.2.7"),
                    new PortRange(30000, 30001),
                    InetAddresses.forString("203.0.113.5")),
                3,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofMillis(2500)));
  }

  @Test
  void everyCallSettingCanBeSet() throws Exception {
    assertThat(loadEverything().calls())
        .isEqualTo(new Calls(Duration.ofSeconds(3), Duration.ofMinutes(2), Duration.ofHours(1), 7));
  }

  @Test
  void everythingElseCanBeSet() throws Exception {
    GatewayConfig config = loadEverything();

    assertThat(config.users())
        .isEqualTo(
            ImmutableMap.of(
                "bob", new User(new Secret("0815"), "Bob"),
                "2002", new User(new Secret("x"), "")));
    assertThat(config.extensions()).isEqualTo(ImmutableMap.of("99", ExtensionKind.TONE));
    assertThat(config.admin()).isEqualTo(new Admin(null));
    assertThat(config.exposeDemoUsers()).isTrue();
  }

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
          sip: { listen: "udp:1.2.3.4:5" }    | sip.listen (line 1): is a single value; expected a list, each udp: or tcp:
          sip: { listen: [] }                 | sip.listen (line 1): is empty; expected at least one address
          sip: { listen: ["tls:[::1]:5061"] } | sip.listen[0] (line 1): "tls:[::1]:5061" does not begin with udp: or tcp:
          sip: { listen: ["udp:[::1]"] }      | "udp:[::1]" has no port
          sip: { listen: ["udp:::1:5060"] }   | "udp:::1:5060" has no port
          sip: { listen: ["udp:host:5060"] }  | "udp:host:5060" is not an IP address
          sip: { listen: ["udp:[::1]:99999"] }| "udp:[::1]:99999" is not an address with a port
          sip: { listen: [{udp: 5060}] }      | sip.listen[0] (line 1): is a section; expected udp: or tcp:
          sip: { realm: "my realm" }          | "my realm" is not a host; expected a host name or an IP address
          sip: { registration: { maxExpires: 30m } } | sip.registration (line 1): is not in order
          sip: { registration: { maxContacts: 0 } } | "0" is out of range; expected a number from 1 to 100
          sip: { registration: { maxContacts: x } } | "x" is not a whole number
          sip: 5060                           | sip (line 1): is a single value; expected a section of settings
          web: { http: "8080" }               | web.http (line 1): "8080" has no port
          web: { http: "127.0.0.1:8443" }     | web.https (line 1): 127.0.0.1:8443 is taken by web.http
          web: { certificate: { file: no } }  | web.certificate.file (line 1): "no" is not a file that can be read
          web: { allowedOrigins: ["*"] }      | web.allowedOrigins[0] (line 1): "*" is not an origin
          web: { iceServers: [ {} ] }         | web.iceServers[0] (line 1): has no urls
          web: { iceServers: [ 5 ] }          | web.iceServers[0] (line 1): is a single value; expected a section
          web: { iceServers: [ {urls: ["http://x"]} ] } | web.iceServers[0].urls[0] (line 1): "http://x" is not the URL of a STUN or TURN server
          web: { iceServers: [ {urls: ["turn:x"]} ] }   | web.iceServers[0] (line 1): is a TURN server without a username
          media: { publicAddresses: [0.0.0.0] }    | media.publicAddresses[0] (line 1): "0.0.0.0" is not the address of one machine
          media: { listen: "127.0.0.1:20010" }     | media.listen (line 1): 127.0.0.1:20010 is taken by media.rtp.ports
          media: { rtp: { ports: 20000 } }         | "20000" is not a range of ports
          media: { rtp: { ports: 20001-20010 } }   | "20001-20010" is not made of whole pairs; expected an even first and an odd last
          media: { rtp: { ports: 30000-20001 } }   | "30000-20001" ends before it begins
          media: { rtp: { ports: 1000-2001 } }     | "1000-2001" is out of range
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
  void twoSocketsOfDifferentTransportsMayShareAPort() throws Exception {
    assertThat(load("media: { listen: '127.0.0.1:8080' }").media().listen().getPort())
        .isEqualTo(8080);
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
        "sip: { listen: ['tcp:127.0.0.1:5060', 'udp:0.0.0.0:5060'] }\nweb: { https: '[::]:8443' }\n";

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
  void valuesComeFromTheEnvironmentAndFromFiles() throws Exception {
    Files.writeString(directory.resolve("bob.txt"), "of the file\n");

    GatewayConfig config =
        load(
            """
            sip: { realm: "${REALM:-example.com}", publicAddress: "sip.${HOST}" }
            users:
              a: { password: "${file:bob.txt}" }
              b: { password: "${EMPTY:-instead}" }
              c: { password: "$${KEY_PASSWORD} $5" }
            """);

    assertThat(config.sip().realm()).isEqualTo("example.com");
    assertThat(config.sip().publicAddress()).isEqualTo("sip.example.org");
    assertThat(config.users().values())
        .extracting(user -> user.password().value())
        .containsExactly("of the file", "instead", "${KEY_PASSWORD} $5");
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

  @Test
  void noSecretIsShown() throws Exception {
    GatewayConfig config = load("users: { bob: { password: 'open sesame' } }");

    assertThat(config.toString()).contains("bob").contains("***").doesNotContain("sesame");
  }

  private GatewayConfig loadEverything() throws IOException, ConfigException {
    Files.createFile(directory.resolve("web.p12"));
    return load(EVERYTHING);
  }

  private GatewayConfig load(String yaml) throws IOException, ConfigException {
    return load(Files.writeString(directory.resolve("gateway.yaml"), yaml));
  }

  private static GatewayConfig load(Path file) throws ConfigException {
    return ConfigLoader.load(
        file, Map.of("KEY_PASSWORD", "of the key", "HOST", "example.org", "EMPTY", "")::get);
  }

  private ImmutableList<String> problems(String yaml) throws IOException {
    return problems(Files.writeString(directory.resolve("gateway.yaml"), yaml));
  }

  private static ImmutableList<String> problems(Path file) {
    return catchThrowableOfType(ConfigException.class, () -> load(file)).problems();
  }

  private static InetSocketAddress socket(String address, int port) {
    return new InetSocketAddress(InetAddresses.forString(address), port);
  }
}
