package org.ringdown.gateway.trunk;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.Trunk;
import org.ringdown.gateway.config.Trunk.Account;
import org.ringdown.gateway.config.Trunk.Server;
import org.ringdown.gateway.trunk.TrunkHealth.Aspect;
import org.ringdown.gateway.trunk.TrunkHealth.State;
import org.ringdown.sip.OptionsAnswer;
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.challenge.SipCredentials;
import org.ringdown.sip.dns.SipLocator;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.register.TrunkRegistration;
import org.ringdown.sip.tls.TlsPeer;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.Way;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an eye on a trunk's servers by OPTIONS and by what becomes of calls, and keeps us
 * registered at one that is there. Safe from any thread.
 */
final class TrunkWatch {
  private static final Logger log = LoggerFactory.getLogger(TrunkWatch.class);

  private final String name;
  private final Trunk trunk;
  private final SipLocator locator;
  private final Targets targets;
  private final TrunkHealth health;
  private final AtomicReference<@Nullable Target> registrar = new AtomicReference<>();
  private volatile @Nullable SipEndpoint sip;
  private volatile @Nullable TrunkRegistration registration;
  private boolean ended;

  TrunkWatch(String name, Trunk trunk, SipLocator locator, @Nullable TlsPeer tls, Clock clock) {
    this.name = name;
    this.trunk = trunk;
    this.locator = locator;
    this.targets = new Targets(trunk, tls, clock);
    this.health = new TrunkHealth(name, clock);
  }

  Targets targets() {
    return targets;
  }

  /**
   * Begins to be watched and, once it is known where the servers are, to register.
   *
   * @param before what has to be done before we register
   */
  void start(SipEndpoint endpoint, CompletableFuture<Void> before) {
    sip = endpoint;
    health.watch(Aspect.REACHABILITY);
    Account account = trunk.account();
    if (trunk.kind() == Trunk.Kind.REGISTER && account != null) {
      health.watch(Aspect.REGISTRATION);
      CompletableFuture<Void> unused =
          CompletableFuture.allOf(targets.refresh(locator, endpoint), before)
              .thenRun(() -> register(endpoint, account));
    }
  }

  private synchronized void register(SipEndpoint endpoint, Account account) {
    if (!ended) {
      registration = endpoint.register(toRegister(account), this::onRegistration);
    }
  }

  private TrunkRegistration.Account toRegister(Account account) {
    return new TrunkRegistration.Account(
        account.user(),
        trunk.server().host(),
        this::registrarNow,
        credentials(account),
        trunk.expires(),
        way());
  }

  private Destination registrarNow() {
    Target best = targets.best().orElse(null);
    registrar.set(best);
    return best == null ? targets.unknown() : best.destination();
  }

  /** The way to any of the servers. */
  Way way() {
    Server proxy = trunk.servers().outboundProxy();
    return new Way(trunk.servers().tryTimeout(), proxy == null ? null : proxy.uri());
  }

  static SipCredentials credentials(Account account) {
    return new SipCredentials(account.user(), account.password().value(), account.realm());
  }

  /** One that is dead is left for the next at once; any other refusal stands. */
  private void onRegistration(TrunkRegistration.State state) {
    Target asked = registrar.get();
    if (state instanceof TrunkRegistration.State.Failed failed) {
      String reason = "registration failed: " + text(failed.status());
      if (asked != null && isNoService(failed.status())) {
        down(asked, reason, failed.retryAfter());
        if (!targets.usable().isEmpty()) {
          return;
        }
      }
      health.trouble(Aspect.REGISTRATION, reason);
    } else {
      health.well(Aspect.REGISTRATION);
      if (asked != null) {
        up(asked);
      }
    }
  }

  /** Looks names up again and asks each server whether it is there. */
  void check() {
    SipEndpoint endpoint = sip;
    if (endpoint != null) {
      CompletableFuture<Void> unused =
          targets.refresh(locator, endpoint).thenRun(() -> qualify(endpoint));
    }
  }

  private void qualify(SipEndpoint endpoint) {
    tellReachability();
    if (trunk.qualify() == null) {
      return;
    }
    for (Target target : targets.all()) {
      if (!target.health().isLeftAlone()) {
        endpoint.options(
            target.server().uri(), target.destination(), way(), answer -> onAnswer(target, answer));
      }
    }
  }

  /** Whatever a server answers, it is there, unless it says that it is out of service. */
  private void onAnswer(Target target, OptionsAnswer answer) {
    if (isNoService(answer.status())) {
      down(target, "no service: " + text(answer.status()), answer.retryAfter());
    } else {
      target.health().answeredWithin(answer.took());
      up(target);
    }
  }

  /** Whether a server cannot be had, by a final response to something that is no INVITE. */
  static boolean isNoService(SipStatus status) {
    return switch (status.code()) {
      case 408, 503, 504 -> true;
      default -> false;
    };
  }

  private void up(Target target) {
    if (target.health().answers()) {
      log.info("trunk {}: {} is up", name, target);
    }
    tellReachability();
  }

  private void down(Target target, String reason, Duration rest) {
    if (target.health().fails(reason, rest)) {
      log.info("trunk {}: {} is down: {}", name, target, reason);
    }
    tellReachability();
    TrunkRegistration ours = registration;
    if (ours != null && target.equals(registrar.get()) && !targets.usable().isEmpty()) {
      ours.renew();
    }
  }

  private void tellReachability() {
    String trouble = targets.trouble();
    if (trouble != null) {
      health.trouble(Aspect.REACHABILITY, trouble);
    } else if (trunk.qualify() == null || targets.isSomeUp()) {
      health.well(Aspect.REACHABILITY);
    } else {
      health.watch(Aspect.REACHABILITY);
    }
  }

  private static String text(SipStatus status) {
    String said = status.code() + " " + status.phrase();
    return status.explanation().isEmpty() ? said : said + " (" + status.explanation() + ")";
  }

  /** A server has answered a call in some way. */
  void heard(Target target) {
    up(target);
  }

  /** A server that only refuses a call is there; one that asks for a rest gets it. */
  void callEnded(Target target, SipEnd end) {
    String reason = "a call failed: " + text(end.status());
    switch (end.kind()) {
      case TIMEOUT, UNREACHABLE -> down(target, reason, Duration.ZERO);
      case REFUSED -> {
        if (end.status().code() != 503) {
          up(target);
        } else if (!end.retryAfter().isZero()) {
          down(target, reason, end.retryAfter());
        }
      }
      case CANCELLED, BYE, OFFER_UNANSWERED -> {}
    }
  }

  Optional<String> obstacle() {
    tellReachability();
    TrunkHealth.View view = health.view();
    if (view.state() == State.DOWN) {
      return Optional.of("The trunk " + name + " is down: " + view.reason() + ".");
    }
    return targets.usable().isEmpty()
        ? Optional.of("The trunk " + name + " has no server whose address is known.")
        : Optional.empty();
  }

  /** Whether our registration says that a request with this line comes from the registrar. */
  boolean hasToldLine(String line) {
    TrunkRegistration ours = registration;
    return ours != null && Ascii.equalsIgnoreCase(line, ours.line());
  }

  synchronized CompletableFuture<Void> end() {
    ended = true;
    TrunkRegistration ours = registration;
    return ours == null ? CompletableFuture.completedFuture(null) : ours.end();
  }

  /** Its name, how it stands and how long its best server takes to answer OPTIONS, for pages. */
  ImmutableMap<String, Object> standing() {
    ImmutableMap.Builder<String, Object> facts =
        ImmutableMap.<String, Object>builder()
            .put("name", name)
            .put("state", Ascii.toLowerCase(health.view().state().name()));
    targets
        .best()
        .flatMap(target -> target.health().answerTime())
        .ifPresent(time -> facts.put("optionsMs", Target.milliseconds(time)));
    return facts.buildOrThrow();
  }

  ImmutableMap<String, Object> view() {
    TrunkHealth.View view = health.view();
    return ImmutableMap.<String, Object>builder()
        .put("trunk", name)
        .put("kind", Ascii.toLowerCase(trunk.kind().name()))
        .put("server", trunk.server().uri())
        .put("state", Ascii.toLowerCase(view.state().name()))
        .put("reason", view.reason())
        .put("since", view.since().toString())
        .put("targets", targets.views())
        .buildOrThrow();
  }
}
