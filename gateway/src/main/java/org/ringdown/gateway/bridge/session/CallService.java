package org.ringdown.gateway.bridge.session;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.util.concurrent.MoreExecutors;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.house.Branches;
import org.ringdown.gateway.bridge.house.CallBranches;
import org.ringdown.gateway.bridge.house.HouseRules;
import org.ringdown.gateway.bridge.leg.CallFacts;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.reason.Masked;
import org.ringdown.gateway.bridge.ring.Branch;
import org.ringdown.gateway.bridge.ring.ForkedLeg;
import org.ringdown.gateway.bridge.talk.HeaderGate;
import org.ringdown.gateway.bridge.transfer.Targets;
import org.ringdown.gateway.call.CallId;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.config.TrunkPolicy;
import org.ringdown.gateway.media.MediaEngine;
import org.ringdown.gateway.routing.Hunt;
import org.ringdown.gateway.routing.Origin;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.routing.RouteRefusal;
import org.ringdown.sip.work.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins calls and knows those that are going on. Safe from any thread; what belongs to one call
 * runs on that call's own serial executor over one shared pool.
 */
public final class CallService {
  private static final Logger log = LoggerFactory.getLogger(CallService.class);

  private final Supplier<HouseRules> rules;
  private final Branches branches;
  private final MediaEngine media;
  private final Executor pool;
  private final Admission admission;
  private final ScheduledExecutorService timers;
  private final Consumer<CallRecord> records;
  private final SecureRandom random = new SecureRandom();
  private final Map<CallId, LiveCall> live = new ConcurrentHashMap<>();
  private volatile boolean closing;

  /** A service without calls. */
  public CallService(
      Supplier<HouseRules> rules,
      Branches branches,
      MediaEngine media,
      Runtime runtime,
      Consumer<CallRecord> records) {
    this.rules = rules;
    this.branches = branches;
    this.media = media;
    this.records = records;
    this.pool = runtime.workers();
    this.admission =
        new Admission(
            () -> rules.get().maxCalls(), runtime.workers().others(), Ticker.systemTicker());
    this.timers = runtime.timers();
  }

  /** What calls run on. */
  public record Runtime(Workers workers, ScheduledExecutorService timers) {}

  private record LiveCall(CallSession session, CompletableFuture<Void> over) {}

  /**
   * Begins a call, or ends the calling leg with the reason why not.
   *
   * @param caller the calling leg, whose seat will be in the call
   */
  public void place(Attempt attempt, Leg caller) {
    Route route = rules.get().router().route(attempt.caller().origin(), attempt.dialled());
    Optional<EndReason> refusal = refusal(route);
    if (refusal.isPresent()) {
      log.info(
          "refused from {} to {}: {}",
          Masked.of(attempt.caller().shown().uri()),
          Masked.of(attempt.dialled()),
          refusal.get().kind());
      caller.end(refusal.get());
    } else {
      begin(attempt, route, caller);
    }
  }

  /** Where a transfer leads: as a call of the transferor's would, while calls are taken. */
  private final class Destinations implements Targets {
    @Override
    public Found find(Party by, CallFacts facts, Party stays, String prefix) {
      Route route = rules.get().router().route(by.origin(), facts.to());
      Optional<EndReason> refusal = refusal(route);
      if (refusal.isPresent()) {
        return new Found.Refused(refusal.get());
      }
      CallBranches.Call call =
          new CallBranches.Call(facts, by.origin(), stays.device(), prefix, new Hunt(route));
      boolean isNamed = facts.passed().replaces();
      return new Found.Somebody(way(call), isNamed ? null : there(stays.origin(), route));
    }

    /** Where the one who stays finds the target, if all that may ring is behind its own trunk. */
    private @Nullable There there(Origin stays, Route route) {
      Handing handing = handing(stays);
      return handing == Handing.NEVER
          ? null
          : Optional.of(route)
              .filter(Route.ToTrunk.class::isInstance)
              .map(Route.ToTrunk.class::cast)
              .filter(out -> stays.equals(new Origin.Trunk(out.trunk())))
              .flatMap(out -> branches.trunks().find(out.trunk()).map(t -> t.uriOf(out.number())))
              .map(uri -> new There(uri, handing == Handing.IF_ABLE))
              .orElse(null);
    }

    @Override
    public Handing handing(Origin stays) {
      return stays instanceof Origin.Trunk trunk
          ? branches
              .trunks()
              .find(trunk.name())
              .map(link -> handing(link.transfer()))
              .orElse(Handing.NEVER)
          : Handing.NEVER;
    }

    private static Handing handing(TrunkPolicy.Transfer wanted) {
      return switch (wanted) {
        case BRIDGE -> Handing.NEVER;
        case REFER -> Handing.ALWAYS;
        case AUTO -> Handing.IF_ABLE;
      };
    }
  }

  private ForkedLeg.Way way(CallBranches.Call call) {
    CallBranches devices = new CallBranches(branches, call);
    return new ForkedLeg.Way(
        call.hunt(),
        step -> devices.of(step.to()),
        (by, uri) -> redirected(rules.get().router().route(by.origin(), uri), devices));
  }

  /** A redirection leads where the dial plan first leads whoever redirects. */
  private static ImmutableList<Branch> redirected(Route route, CallBranches devices) {
    return route instanceof Route.Refused
        ? ImmutableList.of()
        : new Hunt(route).next().map(step -> devices.of(step.to())).orElse(ImmutableList.of());
  }

  private Optional<EndReason> refusal(Route route) {
    if (closing) {
      return Optional.of(EndReason.byGateway(Kind.SHUTTING_DOWN, ""));
    }
    if (!admission.admits(live.size())) {
      return Optional.of(EndReason.byGateway(Kind.OVERLOADED, ""));
    }
    if (route instanceof Route.Refused refused) {
      Kind kind = refused.reason() == RouteRefusal.NOT_FOUND ? Kind.NOT_FOUND : Kind.FORBIDDEN;
      return Optional.of(EndReason.byGateway(kind, refused.explanation()));
    }
    return Optional.empty();
  }

  private void begin(Attempt attempt, Route route, Leg caller) {
    Party from = attempt.caller();
    CallFacts facts =
        new CallFacts(CallId.random(random), from.name(), attempt.dialled(), attempt.passed());
    Executor serial = MoreExecutors.newSequentialExecutor(pool);
    CallSession session =
        new CallSession(facts, caller, serial, rules.get().callTimers(), environment());
    live.put(facts.id(), new LiveCall(session, new CompletableFuture<>()));
    Hunt hunt = new Hunt(route);
    ForkedLeg.Way way =
        way(new CallBranches.Call(facts, from.origin(), from.device(), "callee", hunt));
    session.execute(() -> session.begin(attempt.offer(), way, media.open(session.mediaEvents())));
  }

  /** Each call has a clock of its own, so that its record says when it was by the clock then. */
  private CallSession.Environment environment() {
    return new CallSession.Environment(
        SteadyClock.begin(),
        (delay, task) -> timers.schedule(task, delay.toMillis() + 1, TimeUnit.MILLISECONDS),
        new Destinations(),
        new HeaderGate(branches::headersOf),
        this::finished);
  }

  private void finished(CallSession session) {
    records.accept(session.record());
    Optional.ofNullable(live.remove(session.facts().id()))
        .ifPresent(call -> call.over().complete(null));
  }

  /** Whether one more call would be taken now, wherever it leads. */
  public boolean isAccepting() {
    return !closing && admission.admits(live.size());
  }

  /** How many calls are going on. */
  public int liveCalls() {
    return live.size();
  }

  /** The calls going on, each seen in its own turn; what does not answer in time is left out. */
  public ImmutableList<ImmutableMap<String, Object>> snapshots(Duration patience) {
    ImmutableList<CompletableFuture<ImmutableMap<String, Object>>> views =
        live.values().stream()
            .map(
                call ->
                    CompletableFuture.supplyAsync(call.session()::snapshot, call.session())
                        .completeOnTimeout(
                            ImmutableMap.of(), patience.toMillis(), TimeUnit.MILLISECONDS))
            .collect(ImmutableList.toImmutableList());
    return views.stream()
        .map(CompletableFuture::join)
        .filter(view -> !view.isEmpty())
        .collect(ImmutableList.toImmutableList());
  }

  /** Ends every call and takes no more; waits until they are over, or so long. */
  public void close(Duration patience) {
    closing = true;
    live.values().forEach(call -> call.session().fail(EndReason.byGateway(Kind.SHUTTING_DOWN, "")));
    CompletableFuture<?>[] ends =
        live.values().stream().map(LiveCall::over).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(ends).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.warn("{} calls did not end within {}", live.size(), patience);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
