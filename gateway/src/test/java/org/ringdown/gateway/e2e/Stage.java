package org.ringdown.gateway.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.ringdown.gateway.e2e.process.FreePorts;
import org.ringdown.gateway.e2e.process.WorkDir;
import org.ringdown.gateway.e2e.sip.Authority;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.Kamailio;
import org.ringdown.gateway.e2e.sip.Linphone;
import org.ringdown.gateway.e2e.sip.NameServer;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sip.Sipp;
import org.ringdown.gateway.e2e.sip.Wire;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.BrowserNetwork;
import org.ringdown.gateway.e2e.web.ForeignSite;
import org.ringdown.gateway.e2e.web.TcpProxy;
import org.ringdown.gateway.e2e.web.WsPeer;

/**
 * Where the actors of one test class meet: it starts them, each in a directory of its own below
 * {@code target/e2e}, and sends them home, the last to come first. Not thread-safe: for the test's
 * thread.
 */
final class Stage implements AutoCloseable {
  private static final Path MODULE = Path.of(System.getProperty("ringdown.module", "."));

  private static final Path SCENARIO_PLAYER =
      MODULE.resolve("../scripts/sipp/play").toAbsolutePath().normalize();

  private final Path dir;
  private final FreePorts ports = new FreePorts();
  private final Deque<AutoCloseable> actors = new ArrayDeque<>();
  private int started;

  private Stage(Path dir) {
    this.dir = dir;
  }

  static Stage of(Class<?> test) {
    Path dir = MODULE.resolve("target/e2e").resolve(test.getSimpleName()).toAbsolutePath();
    return new Stage(WorkDir.fresh(dir));
  }

  FreePorts ports() {
    return ports;
  }

  GatewayProcess gateway() {
    return gateway(settings -> settings);
  }

  GatewayProcess gateway(UnaryOperator<GatewaySettings> change) {
    GatewaySettings settings = change.apply(GatewaySettings.with(ports));
    return enter(GatewayProcess.start(room("gateway"), jar(), settings));
  }

  /** Another gateway with the files of this one, which is killed. */
  GatewayProcess inPlaceOf(GatewayProcess gateway) {
    return enter(gateway.replaceKilled(jar()));
  }

  private static Path jar() {
    return Path.of(System.getProperty("ringdown.jar", MODULE + "/target/ringdown.jar"))
        .toAbsolutePath();
  }

  /** A phone that answers only when told to. */
  Baresip phone(SipAccount account, Baresip.Codec codec, Tone tone) {
    Path room = room("baresip-" + account.user());
    return enter(Baresip.start(room, ports, account, codec, tone, false));
  }

  /** A phone that answers every call at once. */
  Baresip answeringPhone(SipAccount account, Baresip.Codec codec, Tone tone) {
    Path room = room("baresip-" + account.user());
    return enter(Baresip.start(room, ports, account, codec, tone, true));
  }

  /** A phone that is registered, and heard for so long before it answers. */
  Sipp earlyPhone(int registrarPort, Tone tone, Duration early) {
    int port = ports.one();
    sipp(new Sipp.Role("register", registrarPort, port, Map.of(), List.of())).awaitSuccess();
    Path sound = tone.writeAlaw(dir.resolve("early.al"), 2);
    return sipp(
        new Sipp.Role(
            "uas-early-media",
            registrarPort,
            port,
            Map.of("sound", sound.toString()),
            List.of("-d", "" + early.toMillis())));
  }

  Linphone linphone(SipAccount account, Tone tone) {
    return enter(Linphone.start(room("linphone-" + account.user()), ports, account, tone));
  }

  /** A PBX that knows the gateway by this port. */
  Kamailio pbx(int port, int gatewayPort) {
    return enter(Kamailio.start(room("kamailio"), port, gatewayPort));
  }

  /** A DNS server for the domain {@code test}. */
  NameServer names(int port, String... records) {
    return enter(NameServer.start(room("names"), port, List.of(records)));
  }

  Authority authority() {
    return Authority.in(room("authority"));
  }

  /** A PBX that speaks TLS with the gateway. */
  Kamailio pbx(int port, Kamailio.Tls tls) {
    return enter(Kamailio.start(room("kamailio"), port, tls));
  }

  BrowserHost browsers() {
    return enter(
        BrowserHost.start(room("browsers"), MODULE.resolve("src/test/browser").toAbsolutePath()));
  }

  /** Browsers in a network of their own. */
  BrowserHost browsers(BrowserNetwork network) {
    Path scripts = MODULE.resolve("src/test/browser").toAbsolutePath();
    return enter(BrowserHost.start(room("browsers"), scripts, network));
  }

  /** A network whose browsers have nothing but IPv4. */
  BrowserNetwork ipv4Network() {
    requireRoot();
    return enter(BrowserNetwork.ofIpv4());
  }

  /** A network whose browsers have nothing but IPv6. */
  BrowserNetwork ipv6Network() {
    requireRoot();
    return enter(BrowserNetwork.ofIpv6());
  }

  /** Only root may make networks. As for programs: the test is skipped, or fails if it must run. */
  private static void requireRoot() {
    boolean required = System.getProperty("ringdown.e2e.programs", "").equals("required");
    boolean root = System.getProperty("user.name", "").equals("root");
    Assumptions.assumeTrue(required || root, "network namespaces need root");
  }

  /** A web site that is not the gateway's. */
  ForeignSite site() {
    return enter(ForeignSite.open(ports.one()));
  }

  WsPeer peer(GatewayProcess gateway, String user) {
    return enter(WsPeer.signIn(gateway.socketUri(), user, user + "pw"));
  }

  /** A network between pages and this gateway that can fail. */
  TcpProxy network(GatewayProcess gateway) {
    return enter(TcpProxy.to(gateway.webPort(), ports));
  }

  Wire wire(int phonePort, int gatewayPort) {
    return enter(Wire.between(phonePort, gatewayPort));
  }

  /** SIPp on a port of its own. */
  Sipp sipp(String scenario, int remotePort, Map<String, String> parameters, String... options) {
    return sipp(new Sipp.Role(scenario, remotePort, ports.one(), parameters, List.of(options)));
  }

  Sipp sipp(Sipp.Role role) {
    Path room = room("sipp-" + role.scenario());
    return enter(Sipp.start(room, SCENARIO_PLAYER, role, ports));
  }

  /** Where pictures of pages are kept. */
  Path screenshots() {
    return WorkDir.make(MODULE.resolve("target/e2e/screenshots"));
  }

  private Path room(String actor) {
    return WorkDir.fresh(dir.resolve(String.format("%02d-%s", ++started, actor)));
  }

  private <T extends AutoCloseable> T enter(T actor) {
    actors.push(actor);
    return actor;
  }

  @Override
  public void close() throws Exception {
    Exception first = null;
    while (!actors.isEmpty()) {
      try {
        actors.pop().close();
      } catch (Exception e) {
        first = first == null ? e : first;
      }
    }
    ports.close();
    if (first != null) {
      throw first;
    }
  }
}
