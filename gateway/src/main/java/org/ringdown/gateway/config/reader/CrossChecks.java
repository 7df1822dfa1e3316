package org.ringdown.gateway.config.reader;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.DemoUsers;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.MediaSettings.Rtp;
import org.ringdown.gateway.config.SipSettings.Registration;
import org.ringdown.gateway.config.SipSettings.SipListen;
import org.ringdown.gateway.config.SipTls;
import org.ringdown.gateway.config.Trunk;
import org.ringdown.gateway.config.TrunkPolicy;
import org.ringdown.gateway.config.TrunkPolicy.EarlyMedia;
import org.ringdown.gateway.config.TrunkPolicy.Handling;
import org.ringdown.gateway.config.TrunkPolicy.Offer;
import org.ringdown.gateway.config.yaml.Problems;
import org.ringdown.gateway.routing.DialRule;
import org.ringdown.gateway.routing.Step;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.tls.TlsServer.ClientAuth;
import org.ringdown.sip.transport.SipTransport;

/** Settings that are right each by itself and wrong together. */
final class CrossChecks {
  private static final int NAMES_SHOWN = 8;

  private final GatewayConfig config;
  private final Problems problems;

  /** {@code problems} holds what is wrong already: such settings are left alone. */
  CrossChecks(GatewayConfig config, Problems problems) {
    this.config = config;
    this.problems = problems;
  }

  void run() {
    checkSomeSipListen();
    checkClashes();
    checkDemoUsersStayLocal();
    checkExpiries();
    checkRtpAddress();
    checkExtensions();
    checkTls();
    checkTrunks();
    checkRoutes();
  }

  private void checkSomeSipListen() {
    if (config.sip().listen().isEmpty()) {
      report("sip.listen", "is empty; expected at least one address");
    }
  }

  private void checkClashes() {
    List<Socket> sockets = sockets();
    for (int later = 0; later < sockets.size(); later++) {
      Socket socket = sockets.get(later);
      sockets.subList(0, later).stream()
          .filter(socket::clashes)
          .findFirst()
          .ifPresent(earlier -> reportClash(socket, earlier.path()));
      if (socket.within(config.media().rtp()) && !problems.concern("media.rtp")) {
        reportClash(socket, "media.rtp.ports");
      }
    }
  }

  private void reportClash(Socket socket, String other) {
    report(socket.path(), socket.show() + " is taken by " + other + "; expected a port of its own");
  }

  /** Demo users have no password of the operator's choice, so only this machine may see them. */
  private void checkDemoUsersStayLocal() {
    if (!config.hasDemoUsers() || config.exposeDemoUsers() || problems.concern("users")) {
      return;
    }
    sockets().stream()
        .filter(socket -> socket.path().startsWith("sip.") || socket.path().startsWith("web."))
        .filter(socket -> !socket.address().getAddress().isLoopbackAddress())
        .forEach(
            socket ->
                report(
                    socket.path(),
                    socket.show()
                        + " lets other machines reach the demo users; expected users of your own,"
                        + " a loopback address, or exposeDemoUsers: true"));
  }

  private void checkExpiries() {
    Registration registration = config.sip().registration();
    boolean ordered =
        registration.minExpires().compareTo(registration.defaultExpires()) <= 0
            && registration.defaultExpires().compareTo(registration.maxExpires()) <= 0;
    if (!ordered) {
      report(
          "sip.registration", "is not in order; expected minExpires, defaultExpires, maxExpires");
    }
  }

  private void checkRtpAddress() {
    Rtp rtp = config.media().rtp();
    if (rtp.bind().isEmpty()) {
      report("media.rtp.bind", "is empty; expected an address");
    }
    if (rtp.bind().stream().map(CrossChecks::family).distinct().count() < rtp.bind().size()) {
      report("media.rtp.bind", "has two addresses of one family; expected one of each at most");
    }
    for (InetAddress bind : rtp.bind()) {
      if (bind.isAnyLocalAddress() && rtp.placesOf(bind).contains(bind)) {
        report(
            "media.rtp.bind",
            "is no address to tell phones of; expected one, or media.rtp.publicAddress set");
      }
    }
  }

  private static boolean family(InetAddress address) {
    return address instanceof Inet4Address;
  }

  private void checkExtensions() {
    config.extensions().keySet().stream()
        .filter(users()::contains)
        .forEach(name -> report("extensions." + name, "is a user too; expected another number"));
  }

  /** Without a certificate only we can connect to others, which is of use with trunks only. */
  private void checkTls() {
    SipTls tls = config.sip().tls();
    boolean listens = config.sip().listen().stream().anyMatch(CrossChecks::isTls);
    boolean trunks =
        config.trunks().values().stream()
            .anyMatch(trunk -> trunk.server().transport() == SipTransport.TLS);
    if (listens && !trunks && tls.certificate().file() == null) {
      report("sip.tls.certificate", "has no file; expected one, since sip.listen has tls");
    }
    config
        .trunks()
        .forEach(
            (name, trunk) -> {
              if (trunk.tls().requireCertificate() && tls.clientAuth() == ClientAuth.NONE) {
                report(
                    "trunks." + name + ".tls.requireCertificate",
                    "wants what nobody is asked for; expected another sip.tls.clientAuth than"
                        + " none");
              }
            });
  }

  private static boolean isTls(SipListen listen) {
    return listen.transport() == SipTransport.TLS;
  }

  private void checkTrunks() {
    config
        .trunks()
        .forEach(
            (name, trunk) -> {
              Trunk.Server proxy = trunk.servers().outboundProxy();
              if (proxy == null) {
                trunk.servers().all().forEach(server -> checkServer(name, server));
              } else {
                checkServer(name, proxy);
              }
              checkOffer(name, trunk.policy());
            });
  }

  /** A trunk that must send its offer reliably sends it with its early media. */
  private void checkOffer(String trunk, TrunkPolicy policy) {
    Handling handling = policy.handling();
    if (handling.offer() == Offer.LATE
        && handling.earlyMedia() != EarlyMedia.PASS
        && policy.dialogs().prack() == DialogPolicy.Prack.REQUIRED) {
      report(
          "trunks." + trunk + ".offer",
          "late with prack: required has the offer come as early media; expected earlyMedia: pass,"
              + " or another prack");
    }
  }

  private void checkServer(String trunk, Trunk.Server server) {
    SipTransport transport = server.transport();
    if (transport != null
        && config.sip().listen().stream().noneMatch(l -> l.transport() == transport)) {
      report(
          "trunks." + trunk + ".server",
          "needs " + Ascii.toLowerCase(transport.name()) + "; expected sip.listen to have it");
    }
  }

  private void checkRoutes() {
    for (int index = 0; index < config.routes().size(); index++) {
      String path = "routes[" + index + "]";
      if (!problems.concern(path)) {
        checkRule(path, config.routes().get(index));
      }
    }
  }

  private void checkRule(String path, DialRule rule) {
    if (rule.from() instanceof DialRule.From.User user) {
      checkUsers(path + ".from", ImmutableList.of(user.name()));
    } else if (rule.from() instanceof DialRule.From.Trunk trunk) {
      checkTrunk(path + ".from", trunk.name());
    }
    checkSteps(path + ".to", rule.to());
    checkSteps(path + ".onBusy", rule.forwards().onBusy());
    checkSteps(path + ".onNoAnswer", rule.forwards().onNoAnswer());
    checkSteps(path + ".onUnavailable", rule.forwards().onUnavailable());
  }

  private void checkSteps(String path, ImmutableList<Step<DialRule.To>> steps) {
    for (Step<DialRule.To> step : steps) {
      if (step.to() instanceof DialRule.To.User user) {
        checkUsers(path, ImmutableList.of(user.name()));
      } else if (step.to() instanceof DialRule.To.Group group) {
        checkUsers(path, group.users());
      } else if (step.to() instanceof DialRule.To.Trunk trunk) {
        checkTrunk(path, trunk.name());
      }
    }
  }

  private void checkUsers(String path, ImmutableList<String> names) {
    names.stream()
        .filter(name -> !users().contains(name))
        .forEach(name -> reportUnknown(path, "user", name, users()));
  }

  private void checkTrunk(String path, String name) {
    if (!config.trunks().containsKey(name)) {
      reportUnknown(path, "trunk", name, config.trunks().keySet());
    }
  }

  /** Says which there are, as far as a line can, and how a time is written if one was meant. */
  private void reportUnknown(String path, String kind, String name, Set<String> known) {
    String some = known.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
    String expected = known.isEmpty() ? "one under " + kind + "s" : "one of " + some;
    String more = known.size() > NAMES_SHOWN ? ", ..." : "";
    String time = name.contains(" for ") ? ", and a time such as for 20s or for 5m" : "";
    report(path, "there is no " + kind + " " + name + "; expected " + expected + more + time);
  }

  private Set<String> users() {
    return config.hasDemoUsers() ? DemoUsers.NAMES : config.users().keySet();
  }

  private void report(String path, String text) {
    if (!problems.concern(path)) {
      problems.add(path, text);
    }
  }

  private ImmutableList<Socket> sockets() {
    ImmutableList.Builder<Socket> sockets = ImmutableList.builder();
    List<SipListen> sip = config.sip().listen();
    for (int index = 0; index < sip.size(); index++) {
      boolean udp = sip.get(index).transport() == SipTransport.UDP;
      add(sockets, "sip.listen[" + index + "]", udp, sip.get(index).address());
    }
    add(sockets, "web.http", false, config.web().http());
    add(sockets, "web.https", false, config.web().https());
    add(sockets, "media.listen", true, config.media().listen());
    add(sockets, "admin.listen", false, config.admin().listen());
    return sockets.build();
  }

  private void add(
      ImmutableList.Builder<Socket> sockets,
      String path,
      boolean udp,
      @Nullable InetSocketAddress address) {
    if (address != null && !problems.concern(path)) {
      sockets.add(new Socket(path, udp, address));
    }
  }

  /** A socket to be bound. */
  private record Socket(String path, boolean udp, InetSocketAddress address) {
    boolean clashes(Socket other) {
      return udp == other.udp
          && address.getPort() != 0
          && address.getPort() == other.address.getPort()
          && overlap(address.getAddress(), other.address.getAddress());
    }

    boolean within(Rtp rtp) {
      return udp
          && address.getPort() >= rtp.ports().first()
          && address.getPort() <= rtp.ports().last()
          && rtp.bind().stream().anyMatch(bind -> overlap(address.getAddress(), bind));
    }

    String show() {
      return InetAddresses.toUriString(address.getAddress()) + ":" + address.getPort();
    }

    private static boolean overlap(InetAddress left, InetAddress right) {
      return left.equals(right) || left.isAnyLocalAddress() || right.isAnyLocalAddress();
    }
  }
}
