package org.ringdown.gateway;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.admin.AdminServer;
import org.ringdown.gateway.admin.Metrics;
import org.ringdown.gateway.bridge.Bridge;
import org.ringdown.gateway.bridge.house.HouseRules;
import org.ringdown.gateway.bridge.house.Users;
import org.ringdown.gateway.bridge.session.CallRecord;
import org.ringdown.gateway.bridge.session.SteadyClock;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.GatewayConfig.User;
import org.ringdown.gateway.config.MediaSettings;
import org.ringdown.gateway.media.EmbeddedMedia;
import org.ringdown.gateway.media.MediaEngine;
import org.ringdown.gateway.media.leg.PhonePorts;
import org.ringdown.gateway.registration.KeptRegistrations;
import org.ringdown.gateway.routing.Router;
import org.ringdown.gateway.routing.registrar.Registrar;
import org.ringdown.gateway.token.TokenVerifier;
import org.ringdown.gateway.trunk.Trunks;
import org.ringdown.sip.SipConfig;
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.dns.SipLocator;
import org.ringdown.sip.rtp.RtpPortRange;
import org.ringdown.sip.work.Workers;
import org.ringdown.webrtc.WebRtcEndpoint;
import org.ringdown.webrtc.media.PeerTransports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole program, built by calling constructors. {@link #start} opens everything or nothing;
 * {@link #close} ends the calls properly and then closes in the reverse order. Safe from any
 * thread.
 */
public final class Gateway implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Gateway.class);

  private static final Duration SNAPSHOT_PATIENCE = Duration.ofMillis(500);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Clock clock = SteadyClock.begin();
  private final RecentCalls recent = new RecentCalls();
  private final Metrics metrics = new Metrics();
  private final Settings settings;
  private final ImmutableMap<String, User> firstUsers;
  private final SipSecurity security;
  private final Workers workers = new Workers("worker");
  private final Registrar registrar;
  private final PhonePorts phonePorts;
  private final PeerTransports transports;
  private final MediaEngine media;
  private final Trunks trunks;
  private final Bridge bridge;
  private final SipEndpoint sip;
  private final WebRtcEndpoint web;
  private final AtomicReference<@Nullable ConfigFile> file = new AtomicReference<>();

  private Gateway(
      GatewayConfig config,
      ImmutableMap<String, User> users,
      String version,
      Path directory,
      Duration sessionSecond)
      throws IOException {
    settings = new Settings(config);
    firstUsers = users;
    registrar = new Registrar(settings.registrarLimits());
    keepRegistrations(config, directory);
    security = opened(new SipSecurity(config));
    SipLocator names = new SipLocator(settings.dns());
    trunks = new Trunks(config.trunks(), names, security.trunks(), clock);
    try {
      phonePorts = phonePorts(config.media().rtp());
      transports = opened(PeerTransports.open(settings.transports()));
      media = opened(embeddedMedia(config.media()));
      new Rehearsal(media).run();
      bridge = new Bridge(parts(config), clock, this::ended);
      sip =
          opened(
              SipEndpoint.start(
                  settings.sip("Ringdown/" + version, security.server(), trunks::areAt),
                  bridge.phones(),
                  names,
                  sessionSecond,
                  workers));
      bridge.attach(sip);
      opened(trunks).start(sip);
      web = opened(WebRtcEndpoint.start(settings.web(), bridge.pages(), new PageWork(workers)));
      openAdmin(config.admin());
    } catch (IOException | RuntimeException e) {
      closeAll();
      throw e;
    }
  }

  /**
   * Opens every port and begins to work.
   *
   * @param config what to do
   * @param users who may sign in: those of the configuration, or demo users
   * @param version what to call this program's version on the wire
   * @param directory where relative paths of what it writes begin
   * @throws IOException if a port cannot be had; nothing stays open then
   */
  public static Gateway start(
      GatewayConfig config, ImmutableMap<String, User> users, String version, Path directory)
      throws IOException {
    return start(config, users, version, directory, Duration.ofSeconds(1));
  }

  /**
   * The same where session timers (RFC 4028) run faster: for tests, since none may be shorter than
   * a minute and a half.
   *
   * @param sessionSecond how long a second of them takes
   * @throws IOException if a port cannot be had; nothing stays open then
   */
  public static Gateway start(
      GatewayConfig config,
      ImmutableMap<String, User> users,
      String version,
      Path directory,
      Duration sessionSecond)
      throws IOException {
    return new Gateway(config, users, version, directory, sessionSecond);
  }

  /** Demo users are others after a restart. */
  private void keepRegistrations(GatewayConfig config, Path directory) {
    Path kept = config.sip().registration().file();
    if (kept != null && !config.hasDemoUsers()) {
      opened(
          KeptRegistrations.begin(
              directory.resolve(kept),
              registrar,
              config.users()::containsKey,
              new KeptRegistrations.Clocks(clock, Clock.systemUTC())));
    }
  }

  private PhonePorts phonePorts(MediaSettings.Rtp config) throws IOException {
    ImmutableList.Builder<PhonePorts.Place> places = ImmutableList.builder();
    for (InetAddress bind : config.bind()) {
      RtpPortRange range = opened(settings.openPhonePorts(bind));
      for (InetAddress told : config.placesOf(bind)) {
        places.add(new PhonePorts.Place(range, Addresses.advertised(told)));
      }
    }
    return new PhonePorts(places.build());
  }

  private EmbeddedMedia embeddedMedia(MediaSettings config) {
    return new EmbeddedMedia(phonePorts, transports::create, config.silence());
  }

  private Bridge.Parts parts(GatewayConfig config) throws IOException {
    InetAddress local = Addresses.advertised(config.media().rtp().bind().get(0));
    return new Bridge.Parts(
        rules(config),
        TokenVerifier.of(config.web().tokens(), Clock.systemUTC()),
        registrar,
        trunks,
        media,
        transports.offered(),
        opened(RtpPortRange.open(local, 0, 0, 1)),
        workers);
  }

  private HouseRules rules(GatewayConfig config) {
    ImmutableMap<String, User> users = config.hasDemoUsers() ? firstUsers : config.users();
    return new HouseRules(
        new Users(users, settings.realm()),
        new Router(users.keySet(), config.extensions(), config.routes()),
        config.headers(),
        config.sip().dialogs(),
        config.media().phones(),
        new Settings(config).callTimers(),
        config.calls().maxCalls());
  }

  /**
   * Takes up changes of the file that the configuration came from: by itself within seconds, by
   * {@link #reload}, and by POST to the operator's port.
   *
   * @param path the file
   * @param config what it held
   */
  public void follow(Path path, GatewayConfig config) {
    file.set(opened(new ConfigFile(path, config, this::change)));
  }

  /** Reads the file that is followed again; what comes of it is in the log. */
  public void reload() {
    ConfigFile followed = file.get();
    if (followed != null) {
      followed.reload();
    }
  }

  private void change(GatewayConfig config) throws IOException {
    security.change(config.trunks());
    trunks.change(config.trunks(), security.trunks());
    registrar.limit(new Settings(config).registrarLimits());
    bridge.change(rules(config));
  }

  private AdminServer.Answer reloaded() {
    ConfigFile followed = file.get();
    return followed == null
        ? new AdminServer.Answer(409, "The gateway was started without a configuration file.")
        : answer(followed.reload());
  }

  private static AdminServer.Answer answer(ConfigFile.Outcome outcome) {
    return outcome.problems().isEmpty()
        ? new AdminServer.Answer(
            200,
            ImmutableMap.of("changed", outcome.changed(), "needRestart", outcome.needRestart()))
        : new AdminServer.Answer(422, ImmutableMap.of("problems", outcome.problems()));
  }

  private void ended(CallRecord call) {
    recent.add(call);
    metrics.ended(call);
  }

  private void openAdmin(GatewayConfig.Admin config) throws IOException {
    InetSocketAddress listen = config.listen();
    if (listen != null) {
      showFigures();
      opened(
          AdminServer.start(
              listen,
              ImmutableMap.<String, Supplier<?>>of(
                  "/health",
                  () -> ImmutableMap.of("status", "up"),
                  "/status",
                  this::status,
                  "/calls",
                  () -> bridge.calls().snapshots(SNAPSHOT_PATIENCE),
                  "/calls/recent",
                  recent::views,
                  "/devices",
                  this::devices,
                  "/trunks",
                  trunks::views,
                  "/scanners",
                  sip::scanners,
                  "/metrics",
                  metrics::page),
              ImmutableMap.of("/reload", this::reloaded)));
    }
  }

  private void showFigures() {
    metrics.gauge("ringdown_calls", "Calls going on.", () -> bridge.calls().liveCalls());
    metrics.gauge("ringdown_sip_dialogs", "SIP dialogs open.", sip::openLegs);
    metrics.gauge("ringdown_page_sessions", "Pages signed in.", web::openSessions);
    metrics.gauge("ringdown_rtp_ports", "RTP ports towards phones in use.", phonePorts::inUse);
    metrics.gauge("ringdown_browser_paths", "Media paths to browsers.", transports::size);
    metrics.gauge(
        "ringdown_bindings",
        "Contacts registered by phones.",
        () -> registrar.all(clock.instant()).size());
    metrics.gauges("ringdown_trunk_up", "1: calls can go over the trunk.", "trunk", trunks::up);
    metrics.gauges("ringdown_trunk_calls", "Calls over the trunk.", "trunk", trunks::calls);
    metrics.gauges("ringdown_trunk_calls_limit", "Calls it may have.", "trunk", trunks::mostCalls);
    metrics.counters(
        "ringdown_trunk_limited_total",
        "Calls refused because of the trunk's limits.",
        "trunk",
        trunks::refusedByLimit);
    metrics.counter(
        "ringdown_sip_slowed_total",
        "Requests left unanswered because their source was challenged too often.",
        () -> sip.scanners().slowedRequests());
    metrics.counter(
        "ringdown_sip_ignored_total",
        "Requests dropped unread because their source is ignored for a time.",
        () -> sip.scanners().ignoredRequests());
    metrics.gauge("jvm_threads", "Threads of this process.", Thread::activeCount);
    metrics.gauge(
        "jvm_memory_used_bytes",
        "Heap in use.",
        () -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
  }

  /** How much of everything is in use: all zero but the bindings and threads when idle. */
  public ImmutableMap<String, Object> status() {
    return ImmutableMap.<String, Object>builder()
        .put("calls", bridge.calls().liveCalls())
        .put("callsSinceStart", recent.total())
        .put("sipLegs", sip.openLegs())
        .put("sessions", web.openSessions())
        .put("mediaSessions", media.openSessions())
        .put("rtpPorts", phonePorts.inUse())
        .put("peerTransports", transports.size())
        .put("alarms", Math.max(0, bridge.pendingAlarms()))
        .put("bindings", registrar.all(clock.instant()).size())
        .put("threads", Thread.activeCount())
        .buildOrThrow();
  }

  private ImmutableList<ImmutableMap<String, Object>> devices() {
    Instant now = clock.instant();
    return DevicesPage.of(registrar.all(now), web.sessions(), now);
  }

  /** Where SIP is heard, with the real ports. */
  public ImmutableList<SipConfig.Listen> sipListening() {
    return sip.listening();
  }

  /** Where pages are served, with the real ports. */
  public ImmutableList<InetSocketAddress> webListening() {
    return web.listening();
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  /**
   * Ends every call with a word to both sides, then closes all ports. Takes under three seconds.
   */
  @Override
  public void close() {
    bridge.close();
    closeAll();
  }

  private void closeAll() {
    while (!open.isEmpty()) {
      AutoCloseable part = open.pop();
      try {
        part.close();
      } catch (Exception e) {
        log.warn("{} does not close: {}", part.getClass().getSimpleName(), e.toString());
      }
    }
  }
}
