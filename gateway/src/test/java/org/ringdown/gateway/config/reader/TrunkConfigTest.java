package org.ringdown.gateway.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.config.AddressRange;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.HeaderPolicy;
import org.ringdown.gateway.config.Secret;
import org.ringdown.gateway.config.SipTls;
import org.ringdown.gateway.config.Trunk;
import org.ringdown.gateway.config.Trunk.Account;
import org.ringdown.gateway.config.Trunk.Kind;
import org.ringdown.gateway.config.Trunk.Server;
import org.ringdown.gateway.config.Trunk.Servers;
import org.ringdown.gateway.config.TrunkPolicy;
import org.ringdown.gateway.config.TrunkPolicy.ShownCaller;
import org.ringdown.gateway.config.yaml.ConfigException;
import org.ringdown.gateway.sdp.policy.DtmfMethod;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.sdp.policy.RelayedCodec;
import org.ringdown.gateway.sdp.policy.SrtpPolicy;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.transport.SipTransport;

/** Trunks, as they stand in the file. */
class TrunkConfigTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void thereAreNoneUnlessTheFileNamesThem() {
    assertThat(GatewayConfig.defaults().trunks()).isEmpty();
    assertThat(GatewayConfig.defaults().routes()).isEmpty();
  }

  @Test
  void aTrunkHasDefaults() throws Exception {
    assertThat(trunk("{ server: sip:pbx.example, user: gw, password: pw }"))
        .isEqualTo(
            new Trunk(
                Kind.REGISTER,
                Servers.only(new Server("pbx.example", 0, null)),
                new Account("gw", new Secret("pw"), null),
                ImmutableList.of(),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                MediaPolicy.PLAIN,
                TrunkPolicy.of(ShownCaller.ACCOUNT),
                SipTls.OfTrunk.USUAL));
    assertThat(trunk("{ kind: peer, server: sip:192.0.2.1 }").account()).isNull();
    assertThat(trunk("{ kind: peer, server: sip:192.0.2.1 }").policy())
        .isEqualTo(TrunkPolicy.of(ShownCaller.CALLER));
  }

  @Test
  void everythingOfATrunkCanBeSet() throws Exception {
    assertThat(
            trunk(
                """
                {
                  kind: peer, server: "sip:[2001:db8::1]:5080;transport=tcp",
                  user: gw, password: pw, realm: pbx, sources: [192.0.2.7, "2001:db8::/32"],
                  expires: 1h, qualify: null,
                  media: { srtp: required, codecs: [pcma, OPUS], dtmf: info },
                  callerId: { from: caller, send: asserted, trust: true, forwarded: both },
                  headers: { in: [X-Account, "X-Pbx-*"], out: [Subject] },
                  limits: { calls: 30, callsPerSecond: 5 }, earlyMedia: ring, transfer: auto, offer: late,
                  dialogs: { prack: "off", sessionExpires: null }
                }
                """))
        .isEqualTo(
            new Trunk(
                Kind.PEER,
                Servers.only(new Server("[2001:db8::1]", 5080, SipTransport.TCP)),
                new Account("gw", new Secret("pw"), "pbx"),
                ImmutableList.of(
                    new AddressRange(InetAddresses.forString("192.0.2.7"), 32),
                    new AddressRange(InetAddresses.forString("2001:db8::"), 32)),
                Duration.ofHours(1),
                null,
                new MediaPolicy(
                    SrtpPolicy.REQUIRED,
                    ImmutableList.of(RelayedCodec.PCMA, RelayedCodec.OPUS),
                    DtmfMethod.INFO),
                new TrunkPolicy(
                    new TrunkPolicy.CallerId(
                        ShownCaller.CALLER,
                        TrunkPolicy.SentIdentity.ASSERTED,
                        true,
                        TrunkPolicy.Forwarding.BOTH),
                    TrunkPolicy.Numbers.NONE,
                    new HeaderPolicy(
                        ImmutableList.of("X-Account", "X-Pbx-*"), ImmutableList.of("Subject")),
                    new TrunkPolicy.Limits(30, 5),
                    new TrunkPolicy.Handling(
                        TrunkPolicy.EarlyMedia.RING,
                        TrunkPolicy.Transfer.AUTO,
                        TrunkPolicy.Offer.LATE),
                    new DialogPolicy(DialogPolicy.Prack.OFF, null)),
                SipTls.OfTrunk.USUAL));
  }

  @ParameterizedTest
  @CsvSource({
    "sip:pbx.example,                    , 0",
    "sip:pbx.example:5060,               , 5060",
    "sip:pbx.example;transport=tcp,      TCP, 0",
    "sip:pbx.example;transport=tls,      TLS, 0",
    "sip:pbx.example:5070;transport=tls, TLS, 5070",
    "sips:pbx.example,                   TLS, 0",
    "sips:pbx.example;transport=tcp,     TLS, 0"
  })
  void theUriOfAServerSaysHowToReachIt(String uri, @Nullable SipTransport transport, int port)
      throws Exception {
    String yaml =
        "sip: { listen: [\"udp:[::1]:5060\", \"tcp:[::1]:5060\", \"tls:[::1]:5061\"],"
            + " tls: { certificate: { file: gateway.yaml } } }\n"
            + "trunks: { pbx: { kind: peer, server: \""
            + uri
            + "\" } }";
    assertThat(load(yaml).trunks().values().asList().get(0).server())
        .isEqualTo(new Server("pbx.example", port, transport));
  }

  @Test
  void aTrunkMayWriteNumbersItsOwnWay() throws Exception {
    TrunkPolicy.Numbers numbers =
        trunk(
                """
                {
                  kind: peer, server: sip:x, numbers: {
                    dialledIn: [prefix + ->, "regex 0([1-9][0-9]*) -> 49$1"],
                    dialledOut: prefix 0 -> +49, callerOut: "regex .* -> +4930123", test: 0099 }
                }
                """)
            .policy()
            .numbers();

    assertThat(numbers.dialledIn().apply("+4930")).isEqualTo("4930");
    assertThat(numbers.dialledIn().apply("030")).isEqualTo("4930");
    assertThat(numbers.dialledIn().apply("0030")).isEqualTo("0030");
    assertThat(numbers.dialledOut().apply("030")).isEqualTo("+4930");
    assertThat(numbers.callerIn().apply("030")).isEqualTo("030");
    assertThat(numbers.callerOut().apply("1001")).isEqualTo("+4930123");
    assertThat(numbers.test()).isEqualTo("0099");
  }

  @Test
  void severalServersComeInTheirOrderOrByPriority() throws Exception {
    Servers servers =
        trunk(
                """
                {
                  kind: peer, tryTimeout: 2s,
                  servers: [ { server: sip:a }, { server: "sip:b:5070", weight: 5 },
                             { server: sip:c, priority: 1, weight: 0 } ]
                }
                """)
            .servers();
    assertThat(servers)
        .isEqualTo(
            new Servers(
                ImmutableList.of(
                    new Server("a", 0, null, 1, 1),
                    new Server("b", 5070, null, 2, 5),
                    new Server("c", 0, null, 1, 0)),
                null,
                Duration.ofSeconds(2)));
  }

  @Test
  void anOutboundProxyStandsBeforeTheServer() throws Exception {
    Trunk trunk = trunk("{ kind: peer, server: sip:example, outboundProxy: sip:edge.example }");
    assertThat(trunk.servers().outboundProxy()).isEqualTo(new Server("edge.example", 0, null));
    assertThat(trunk.server().uriOf("1")).isEqualTo("sip:1@example");
  }

  @Test
  void tlsWithATrunkCanBeSet() throws Exception {
    Path file = Files.createFile(directory.resolve("ca.pem"));

    assertThat(
            trunk(
                    """
                    {
                      kind: peer, server: sip:192.0.2.1, tls: {
                        trust: ca.pem, name: pbx.example, checkName: false,
                        certificate: { file: ca.pem, password: hush }, requireCertificate: true
                      }
                    }
                    """)
                .tls())
        .isEqualTo(
            new SipTls.OfTrunk(
                file,
                "pbx.example",
                false,
                new SipTls.Certificate(file, null, new Secret("hush")),
                true));
  }

  @Test
  void aTrunksTextHidesItsPassword() throws Exception {
    assertThat(trunk("{ server: sip:pbx, user: gw, password: hush }").toString())
        .doesNotContain("hush");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          trunks: { pbx: {} }                                   | trunks.pbx (line 1): has no server
          trunks: { pbx: { server: sip:x } }                    | trunks.pbx (line 1): registers without a user and a password
          trunks: { pbx: { server: sip:x, user: a } }           | trunks.pbx (line 1): has only one of user and password
          trunks: { pbx: { kind: peer, server: sip:x, callerId: { from: account } } } | trunks.pbx (line 1): shows its account and has none
          trunks: { pbx: { kind: pear, server: sip:x, user: a, password: b } } | trunks.pbx.kind (line 1): "pear" is not known here; expected register or peer
          trunks: { pbx: { kind: peer, server: "sips:x;transport=udp" } } | wants TLS over UDP, which there is not
          trunks: { pbx: { kind: peer, server: x } }            | trunks.pbx.server (line 1): "x" is not the URI of a SIP server; expected sip:HOST
          trunks: { pbx: { kind: peer, server: "sipx:x" } }     | "sipx:x" is not the URI of a SIP server
          trunks: { pbx: { kind: peer, server: "sip:x:0" } }    | "sip:x:0" has no such port
          trunks: { pbx: { kind: peer, server: "sip:[::g]" } }  | "sip:[::g]" is not the URI of a SIP server
          trunks: { pbx: { kind: peer, server: "sip:[1:2]" } }  | "sip:[1:2]" is not an IPv6 address
          trunks: { pbx: { kind: peer, servers: [ {} ] } }      | trunks.pbx.servers[0] (line 1): has no server
          trunks: { pbx: { kind: peer, servers: [] } }          | trunks.pbx (line 1): has no server
          trunks: { pbx: { kind: peer, server: sip:x, servers: [ { server: sip:y } ] } } | trunks.pbx (line 1): has both server and servers
          trunks: { pbx: { kind: peer, outboundProxy: sip:p, servers: [ { server: sip:x }, { server: sip:y } ] } } | trunks.pbx (line 1): has several servers behind one outboundProxy
          trunks: { pbx: { kind: peer, servers: [ { server: sip:x, priority: 1001 } ] } } | "1001" is out of range
          trunks: { pbx: { kind: peer, server: sip:x, tryTimeout: 1m } } | "1m" is out of range
          trunks: { pbx: { kind: peer, server: sip:x, sources: [pbx.example] } } | trunks.pbx.sources[0] (line 1): "pbx.example" is not an IP address
          trunks: { pbx: { kind: peer, server: sip:x, sources: [10.0.0.0/33] } } | "10.0.0.0/33" is not a range of addresses
          trunks: { pbx: { kind: peer, server: sip:x, sources: [10.0.0.0/0] } }  | "10.0.0.0/0" is not a range of addresses
          trunks: { pbx: { kind: peer, server: sip:x, expires: 1s } } | "1s" is out of range
          trunks: { pbx: { kind: peer, server: sip:x, qalify: 1s } } | unknown key; did you mean qualify?
          trunks: { pbx: { kind: peer, server: sip:x, tls: { trust: nowhere.pem } } } | trunks.pbx.tls.trust (line 1): "nowhere.pem" is not a file that can be read
          trunks: { pbx: { kind: peer, server: sip:x, tls: { checkName: false } } } | trunks.pbx.tls (line 1): checks no name and has no trust of its own
          trunks: { pbx: { kind: peer, server: sip:x, tls: { certificate: { key: gateway.yaml } } } } | trunks.pbx.tls.certificate (line 1): has a key without a certificate
          { sip: { tls: { clientAuth: none } }, trunks: { pbx: { kind: peer, server: sip:x, tls: { requireCertificate: true } } } } | wants what nobody is asked for
          trunks: { "a b": { kind: peer, server: sip:x } }      | trunks.a b (line 1): "a b" cannot be the user part
          trunks: { pbx: { kind: peer, server: sip:x, callerId: { send: all } } } | trunks.pbx.callerId.send (line 1): "all" is not known here; expected none or asserted or preferred
          trunks: { pbx: { kind: peer, server: sip:x, numbers: { dialledIn: 0 to 1 } } } | trunks.pbx.numbers.dialledIn (line 1): "0 to 1" does not say what becomes of a number; expected prefix
          trunks: { pbx: { kind: peer, server: sip:x, numbers: { dialledIn: "regex 0(.*) -> $2" } } } | "regex 0(.*) -> $2" names a group that its pattern does not have
          trunks: { pbx: { kind: peer, server: sip:x, numbers: { dialledIn: "regex ( -> 1" } } } | "regex ( -> 1" is not a regular expression
          trunks: { pbx: { kind: peer, server: sip:x, numbers: { dialledIn: prefix 0 -> a@b } } } | "prefix 0 -> a@b" cannot be part of a number
          trunks: { pbx: { kind: peer, server: sip:x, headers: { in: [Via] } } } | trunks.pbx.headers.in[0] (line 1): "Via" is written by the gateway itself and never passed on
          trunks: { pbx: { kind: peer, server: sip:x, headers: { out: ["*"] } } } | "*" is not the name of a header field
          trunks: { pbx: { kind: peer, server: sip:x, limits: { calls: 0 } } } | trunks.pbx.limits.calls (line 1): "0" is out of range
          trunks: { pbx: { kind: peer, server: sip:x, earlyMedia: drop } } | trunks.pbx.earlyMedia (line 1): "drop" is not known here; expected pass or ignore or ring
          trunks: { pbx: { kind: peer, server: sip:x, offer: delayed } } | trunks.pbx.offer (line 1): "delayed" is not known here; expected early or late
          trunks: { pbx: { kind: peer, server: sip:x, offer: late, earlyMedia: ring, dialogs: { prack: required } } } | trunks.pbx.offer (line 1): late with prack: required has the offer come as early media; expected earlyMedia: pass, or another prack
          trunks: { pbx: { kind: peer, server: sip:x, transfer: blind } } | trunks.pbx.transfer (line 1): "blind" is not known here; expected bridge or refer or auto
          headers: { pages: { in: [Proxy-Authorization] } }     | headers.pages.in[0] (line 1): "Proxy-Authorization" is written by the gateway itself
          trunks: { pbx: { kind: peer, server: sip:x, dialogs: { prack: always } } } | trunks.pbx.dialogs.prack (line 1): "always" is not known here; expected off or supported or required
          trunks: { pbx: { kind: peer, server: sip:x, dialogs: { sessionExpires: 60s } } } | trunks.pbx.dialogs.sessionExpires (line 1): "60s" is out of range
          """)
  void whatCannotBeIsRefused(String yaml, String problem) throws Exception {
    assertThat(problems(yaml)).singleElement().asString().contains(problem);
  }

  @Test
  void aTrunkNeedsASocketOfItsTransport() throws Exception {
    assertThat(
            problems(
                """
                sip: { listen: ["udp:127.0.0.1:5060"] }
                trunks: { pbx: { kind: peer, server: "sip:x;transport=tcp" } }
                """))
        .containsExactly("trunks.pbx.server (line 2): needs tcp; expected sip.listen to have it");
  }

  private Trunk trunk(String yaml) throws IOException, ConfigException {
    return load("trunks: { pbx: " + yaml + " }").trunks().values().asList().get(0);
  }

  private GatewayConfig load(String yaml) throws IOException, ConfigException {
    return new ConfigText(directory).load(yaml);
  }

  private ImmutableList<String> problems(String yaml) throws IOException {
    return new ConfigText(directory).problems(yaml);
  }
}
