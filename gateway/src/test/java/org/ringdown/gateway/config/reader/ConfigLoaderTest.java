package org.ringdown.gateway.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringdown.gateway.config.AddressRange;
import org.ringdown.gateway.config.DataSize;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.GatewayConfig.Admin;
import org.ringdown.gateway.config.GatewayConfig.Calls;
import org.ringdown.gateway.config.GatewayConfig.User;
import org.ringdown.gateway.config.MediaSettings;
import org.ringdown.gateway.config.MediaSettings.Rtp;
import org.ringdown.gateway.config.PortRange;
import org.ringdown.gateway.config.Secret;
import org.ringdown.gateway.config.SipSettings;
import org.ringdown.gateway.config.SipSettings.Connections;
import org.ringdown.gateway.config.SipSettings.Dns;
import org.ringdown.gateway.config.SipSettings.Registration;
import org.ringdown.gateway.config.SipSettings.Scanners;
import org.ringdown.gateway.config.SipSettings.SipListen;
import org.ringdown.gateway.config.SipTls;
import org.ringdown.gateway.config.Tokens;
import org.ringdown.gateway.config.WebSettings;
import org.ringdown.gateway.config.WebSettings.Certificate;
import org.ringdown.gateway.config.WebSettings.IceServer;
import org.ringdown.gateway.config.WebSettings.Limits;
import org.ringdown.gateway.config.WebSettings.Turn;
import org.ringdown.gateway.config.yaml.ConfigException;
import org.ringdown.gateway.routing.ExtensionKind;
import org.ringdown.gateway.sdp.policy.DtmfMethod;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.sdp.policy.RelayedCodec;
import org.ringdown.gateway.sdp.policy.SrtpPolicy;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.tls.TlsServer.ClientAuth;
import org.ringdown.sip.transport.SipTransport;

/** What a configuration file gives; what it must not say is in {@link ConfigProblemsTest}. */
class ConfigLoaderTest {
  private static final String EVERYTHING =
      """
      sip:
        listen: ["udp:0.0.0.0:5070", "TCP:[::1]:0"]
        realm: pbx.example.com
        publicAddress: 203.0.113.5
        nonceLifetime: 30s
        maxMessageSize: 32KiB
        registration: { minExpires: 10s, defaultExpires: 90s, maxExpires: 2h, maxContacts: 3,
                        file: /var/lib/phones.json }
        scanners: { slowAfter: 5, ignoreAfter: 10, ignoreFor: 0s, exempt: ["192.0.2.0/24"] }
        dialogs: { prack: required, sessionExpires: 10m, refresher: us }
        dns: { servers: ["192.0.2.53", "[::1]:5353"], timeout: 500ms }
        connections: { max: 50, idleTimeout: 3h, keepAlive: 30s }
        tls:
          certificate: { file: web.p12, key: web.p12, password: of sip }
          trust: web.p12
          clientAuth: required
      web:
        http: null
        https: "0.0.0.0:443"
        certificate: { file: web.p12, password: "${KEY_PASSWORD}" }
        allowedOrigins: ["https://example.com", "http://localhost:3000"]
        resumeGrace: 0s
        reloadGrace: 3s
        pingInterval: 5s
        maxFrameSize: 1MiB
        maxCallsPerSession: 2
        limits: { sessionsPerUser: 3, callsPerUser: 4, socketsPerAddress: 5, messagesPerSecond: 6 }
        tokens:
          secret: "a secret of at least 32 characters"
          jwks: "https://login.example.com/jwks.json"
          issuer: "https://login.example.com"
          audience: phone
          clockSkew: 0s
          claims: { user: user, display: nick, destinations: only, maxCalls: calls }
          notice: 10s
          callsGoOn: true
        iceServers:
          - urls: ["stun:stun.example.com"]
          - { urls: ["turn:turn.example.com:3478?transport=udp"], username: u, credential: c }
        turn: { urls: ["turns:turn.example.com"], secret: shared, lifetime: 1h }
      media:
        listen: "[::]:9000"
        publicAddresses: ["203.0.113.5", "2001:db8::5"]
        rtp: { bind: [192.0.2.7, "2001:db8::7"], ports: 30000-30001, publicAddress: 203.0.113.5 }
        phones: { srtp: required, codecs: [G722, telephone-event], dtmf: rfc4733 }
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
    assertThat(load("\uFEFFsip: {}\r\n")).isEqualTo(GatewayConfig.defaults());
    assertThat(load("# nothing here\n")).isEqualTo(GatewayConfig.defaults());
    assertThat(load("sip:\nusers:\nweb: {}\n")).isEqualTo(GatewayConfig.defaults());
  }

  @Test
  void everySipSettingCanBeSet() throws Exception {
    assertThat(loadEverything().sip())
        .isEqualTo(
            new SipSettings(
                ImmutableList.of(
                    new SipListen(SipTransport.UDP, socket("0.0.0.0", 5070)),
                    new SipListen(SipTransport.TCP, socket("::1", 0))),
                "pbx.example.com",
                "203.0.113.5",
                Duration.ofSeconds(30),
                DataSize.ofKib(32),
                new Registration(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(90),
                    Duration.ofHours(2),
                    3,
                    Path.of("/var/lib/phones.json")),
                new Scanners(
                    5,
                    10,
                    Duration.ZERO,
                    ImmutableList.of(new AddressRange(InetAddresses.forString("192.0.2.0"), 24))),
                new DialogPolicy(
                    DialogPolicy.Prack.REQUIRED,
                    new DialogPolicy.Timer(600, DialogPolicy.Refresher.US)),
                new Dns(
                    ImmutableList.of(socket("192.0.2.53", 53), socket("::1", 5353)),
                    Duration.ofMillis(500)),
                new Connections(50, Duration.ofHours(3), Duration.ofSeconds(30)),
                new SipTls(
                    new SipTls.Certificate(
                        directory.resolve("web.p12"),
                        directory.resolve("web.p12"),
                        new Secret("of sip")),
                    directory.resolve("web.p12"),
                    ClientAuth.REQUIRED)));
  }

  @Test
  void everyWebSettingCanBeSet() throws Exception {
    assertThat(loadEverything().web())
        .isEqualTo(
            new WebSettings(
                null,
                socket("0.0.0.0", 443),
                new Certificate(directory.resolve("web.p12"), new Secret("of the key")),
                ImmutableList.of("https://example.com", "http://localhost:3000"),
                Duration.ZERO,
                Duration.ofSeconds(3),
                Duration.ofSeconds(5),
                DataSize.ofKib(1024),
                2,
                new Limits(3, 4, 5, 6),
                new Tokens(
                    new Tokens.Keys(
                        new Secret("a secret of at least 32 characters"),
                        ImmutableList.of(),
                        URI.create("https://login.example.com/jwks.json")),
                    new Tokens.Expected("https://login.example.com", "phone", Duration.ZERO),
                    new Tokens.Claims("user", "nick", "only", "calls"),
                    Duration.ofSeconds(10),
                    true),
                ImmutableList.of(
                    new IceServer(ImmutableList.of("stun:stun.example.com"), null, null),
                    new IceServer(
                        ImmutableList.of("turn:turn.example.com:3478?transport=udp"),
                        "u",
                        new Secret("c"))),
                new Turn(
                    ImmutableList.of("turns:turn.example.com"),
                    new Secret("shared"),
                    Duration.ofHours(1))));
  }

  @Test
  void everyMediaSettingCanBeSet() throws Exception {
    assertThat(loadEverything().media())
        .isEqualTo(
            new MediaSettings(
                socket("::", 9000),
                ImmutableList.of(
                    InetAddresses.forString("203.0.113.5"), InetAddresses.forString("2001:db8::5")),
                new Rtp(
                    ImmutableList.of(
                        InetAddresses.forString("192.0.2.7"),
                        InetAddresses.forString("2001:db8::7")),
                    new PortRange(30000, 30001),
                    ImmutableList.of(InetAddresses.forString("203.0.113.5"))),
                new MediaPolicy(
                    SrtpPolicy.REQUIRED,
                    ImmutableList.of(RelayedCodec.G722, RelayedCodec.TELEPHONE_EVENT),
                    DtmfMethod.RFC4733),
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

  @Test
  void twoSocketsOfDifferentTransportsMayShareAPort() throws Exception {
    assertThat(load("media: { listen: '127.0.0.1:8080' }").media().listen().getPort())
        .isEqualTo(8080);
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

  private static InetSocketAddress socket(String address, int port) {
    return new InetSocketAddress(InetAddresses.forString(address), port);
  }
}
