package org.ringdown.gateway.config.reader;

import static org.ringdown.gateway.config.reader.ValueTypes.duration;
import static org.ringdown.gateway.config.reader.ValueTypes.host;
import static org.ringdown.gateway.config.reader.ValueTypes.number;
import static org.ringdown.gateway.config.reader.ValueTypes.publicAddress;
import static org.ringdown.gateway.config.reader.ValueTypes.size;
import static org.ringdown.gateway.config.reader.ValueTypes.socketAddress;
import static org.ringdown.gateway.config.reader.ValueTypes.text;
import static org.ringdown.gateway.config.reader.ValueTypes.userPart;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.DataSize;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.GatewayConfig.Admin;
import org.ringdown.gateway.config.GatewayConfig.Calls;
import org.ringdown.gateway.config.GatewayConfig.User;
import org.ringdown.gateway.config.MediaSettings;
import org.ringdown.gateway.config.MediaSettings.Rtp;
import org.ringdown.gateway.config.Secret;
import org.ringdown.gateway.config.SipSettings;
import org.ringdown.gateway.config.SipSettings.Connections;
import org.ringdown.gateway.config.SipSettings.Dns;
import org.ringdown.gateway.config.SipSettings.Registration;
import org.ringdown.gateway.config.SipSettings.Scanners;
import org.ringdown.gateway.config.WebSettings;
import org.ringdown.gateway.config.WebSettings.Certificate;
import org.ringdown.gateway.config.WebSettings.IceServer;
import org.ringdown.gateway.config.WebSettings.Limits;
import org.ringdown.gateway.config.WebSettings.Turn;
import org.ringdown.gateway.config.yaml.Section;
import org.ringdown.gateway.routing.ExtensionKind;

/** Which keys there are, of which type, and within which limits. */
final class ConfigReader {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final DataSize KIB = DataSize.ofKib(1);

  private final Path directory;

  /** Relative paths begin at {@code directory}. */
  ConfigReader(Path directory) {
    this.directory = directory;
  }

  GatewayConfig read(Section in) {
    GatewayConfig defaults = GatewayConfig.defaults();
    return new GatewayConfig(
        in.section("sip", this::sip),
        in.section("web", this::web),
        in.section("media", ConfigReader::media),
        in.section("calls", ConfigReader::calls),
        in.namedSections("users", userPart(), ConfigReader::user),
        in.namedValues(
            "extensions", defaults.extensions(), userPart(), ValueTypes.oneOf(ExtensionKind.class)),
        in.namedSections(
            "trunks", userPart(), trunk -> TrunkReader.trunk(trunk, new TlsReader(directory))),
        in.sections("routes", RouteReader::rule),
        in.section("headers", ConfigReader::headers),
        in.section("admin", ConfigReader::admin),
        in.value("exposeDemoUsers", defaults.exposeDemoUsers(), ValueTypes.flag()));
  }

  private SipSettings sip(Section in) {
    SipSettings defaults = SipSettings.defaults();
    return new SipSettings(
        in.list("listen", defaults.listen(), ValueTypes.sipListen()),
        in.value("realm", defaults.realm(), host()),
        in.nullable("publicAddress", defaults.publicAddress(), host()),
        in.value("nonceLifetime", defaults.nonceLifetime(), duration(SECOND.multipliedBy(10), DAY)),
        in.value("maxMessageSize", defaults.maxMessageSize(), size(KIB, DataSize.ofKib(64))),
        in.section("registration", ConfigReader::registration),
        in.section("scanners", ConfigReader::scanners),
        in.section("dialogs", PolicyReader::dialogs),
        in.section("dns", ConfigReader::dns),
        in.section("connections", ConfigReader::connections),
        in.section("tls", new TlsReader(directory)::sip));
  }

  private static Connections connections(Section in) {
    Connections defaults = Connections.defaults();
    return new Connections(
        in.value("max", defaults.max(), number(10, 100_000)),
        in.value("idleTimeout", defaults.idleTimeout(), duration(MINUTE, WEEK)),
        in.value("keepAlive", defaults.keepAlive(), duration(SECOND.multipliedBy(10), HOUR)));
  }

  private static Scanners scanners(Section in) {
    Scanners defaults = Scanners.defaults();
    return new Scanners(
        in.value("slowAfter", defaults.slowAfter(), number(5, 10_000)),
        in.value("ignoreAfter", defaults.ignoreAfter(), number(10, 100_000)),
        in.value("ignoreFor", defaults.ignoreFor(), duration(Duration.ZERO, DAY)),
        in.list("exempt", defaults.exempt(), TrunkValues.addressRange()));
  }

  private static Dns dns(Section in) {
    Dns defaults = Dns.defaults();
    return new Dns(
        in.list("servers", defaults.servers(), ValueTypes.dnsServer()),
        in.value(
            "timeout",
            defaults.timeout(),
            duration(SECOND.dividedBy(10), SECOND.multipliedBy(10))));
  }

  private static Registration registration(Section in) {
    Registration defaults = Registration.defaults();
    return new Registration(
        in.value("minExpires", defaults.minExpires(), duration(SECOND, HOUR)),
        in.value("defaultExpires", defaults.defaultExpires(), duration(SECOND, WEEK)),
        in.value("maxExpires", defaults.maxExpires(), duration(SECOND, WEEK)),
        in.value("maxContacts", defaults.maxContacts(), number(1, 100)),
        in.nullable("file", defaults.file(), ValueTypes.path()));
  }

  private WebSettings web(Section in) {
    WebSettings defaults = WebSettings.defaults();
    return new WebSettings(
        in.nullable("http", defaults.http(), socketAddress()),
        in.nullable("https", defaults.https(), socketAddress()),
        in.section("certificate", this::certificate),
        in.list("allowedOrigins", defaults.allowedOrigins(), ValueTypes.origin()),
        in.value("resumeGrace", defaults.resumeGrace(), duration(Duration.ZERO, HOUR)),
        in.value("reloadGrace", defaults.reloadGrace(), duration(Duration.ZERO, HOUR)),
        in.value("pingInterval", defaults.pingInterval(), duration(SECOND, MINUTE)),
        in.value(
            "maxFrameSize", defaults.maxFrameSize(), size(DataSize.ofKib(8), DataSize.ofKib(1024))),
        in.value("maxCallsPerSession", defaults.maxCallsPerSession(), number(1, 1000)),
        in.section("limits", ConfigReader::limits),
        in.section("tokens", new TokensReader(directory)::tokens),
        in.sections("iceServers", ConfigReader::iceServer),
        in.section("turn", ConfigReader::turn));
  }

  private static Limits limits(Section in) {
    Limits defaults = Limits.defaults();
    return new Limits(
        in.value("sessionsPerUser", defaults.sessionsPerUser(), number(1, 100_000)),
        in.value("callsPerUser", defaults.callsPerUser(), number(1, 100_000)),
        in.value("socketsPerAddress", defaults.socketsPerAddress(), number(1, 1_000_000)),
        in.value("messagesPerSecond", defaults.messagesPerSecond(), number(5, 10_000)));
  }

  private Certificate certificate(Section in) {
    return new Certificate(
        in.nullable("file", null, ValueTypes.readableFile(directory)),
        orNone(in.secret("password")));
  }

  private static IceServer iceServer(Section in) {
    IceServer server =
        new IceServer(
            in.list("urls", ImmutableList.of(), ValueTypes.iceUrl()),
            in.nullable("username", null, text()),
            in.secret("credential"));
    boolean turn = server.urls().stream().anyMatch(url -> url.startsWith("turn"));
    if (server.urls().isEmpty()) {
      in.reject("has no urls; expected at least one");
    } else if (turn && (server.username() == null || server.credential() == null)) {
      in.reject("is a TURN server without a username and a credential; browsers refuse that");
    }
    return server;
  }

  private static Turn turn(Section in) {
    Turn turn =
        new Turn(
            in.list("urls", Turn.NONE.urls(), ValueTypes.iceUrl()),
            orNone(in.secret("secret")),
            in.value("lifetime", Turn.NONE.lifetime(), duration(MINUTE, WEEK)));
    if (turn.urls().stream().anyMatch(url -> !url.startsWith("turn"))) {
      in.reject("has the URL of a STUN server; expected turn: or turns:");
    } else if (turn.urls().isEmpty() != turn.secret().value().isEmpty()) {
      in.reject("needs both urls and secret, or neither");
    }
    return turn;
  }

  private static MediaSettings media(Section in) {
    MediaSettings defaults = MediaSettings.defaults();
    return new MediaSettings(
        in.value("listen", defaults.listen(), socketAddress()),
        in.list("publicAddresses", defaults.publicAddresses(), publicAddress()),
        in.section("rtp", ConfigReader::rtp),
        in.section("phones", phones -> MediaPolicyReader.read(phones, defaults.phones())),
        in.value("ioThreads", defaults.ioThreads(), number(0, 256)),
        in.value("iceTimeout", defaults.iceTimeout(), duration(SECOND, MINUTE.multipliedBy(5))),
        in.value(
            "consentTimeout",
            defaults.consentTimeout(),
            duration(SECOND.multipliedBy(5), MINUTE.multipliedBy(5))),
        in.value("silence", defaults.silence(), duration(SECOND, MINUTE.multipliedBy(5))));
  }

  private static Rtp rtp(Section in) {
    Rtp defaults = Rtp.defaults();
    return new Rtp(
        in.oneOrMore("bind", defaults.bind(), ValueTypes.bindAddress()),
        in.value("ports", defaults.ports(), ValueTypes.portRange()),
        in.oneOrMore("publicAddress", defaults.publicAddress(), publicAddress()));
  }

  private static GatewayConfig.Headers headers(Section in) {
    return new GatewayConfig.Headers(
        in.section("phones", PolicyReader::headers), in.section("pages", PolicyReader::headers));
  }

  private static Calls calls(Section in) {
    Calls defaults = Calls.defaults();
    return new Calls(
        in.value("setupTimeout", defaults.setupTimeout(), duration(SECOND, MINUTE.multipliedBy(5))),
        in.value("ringTimeout", defaults.ringTimeout(), duration(SECOND, HOUR)),
        in.value("maxDuration", defaults.maxDuration(), duration(SECOND, WEEK)),
        in.value("maxCalls", defaults.maxCalls(), number(1, 100_000)));
  }

  private static User user(Section in) {
    Secret password = orNone(in.secret("password"));
    if (password.value().isEmpty()) {
      in.reject("has no password; expected password: \"${SOME_VARIABLE}\" or the like");
    }
    return new User(password, in.value("display", "", text()), in.value("pickup", "", text()));
  }

  private static Admin admin(Section in) {
    return new Admin(in.nullable("listen", Admin.defaults().listen(), socketAddress()));
  }

  private static Secret orNone(@Nullable Secret secret) {
    return Optional.ofNullable(secret).orElse(Secret.NONE);
  }
}
