package org.ringdown.webrtc.page;

import com.google.common.collect.EvictingQueue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.ringdown.webrtc.signaling.ClientMessage;
import org.ringdown.webrtc.signaling.ReasonCode;
import org.ringdown.webrtc.signaling.ServerMessage.CallSummary;
import org.ringdown.webrtc.signaling.ServerMessage.Event;
import org.ringdown.webrtc.signaling.ServerMessage.Ok;
import org.ringdown.webrtc.signaling.ServerMessage.Refused;
import org.ringdown.webrtc.signaling.Tally;
import org.ringdown.webrtc.signaling.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of one session by name. A request is first checked, then replied to, then carried out,
 * so that its reply comes before its events. Not thread-safe: the session's mailbox.
 */
public final class CallTable {
  private static final Logger log = LoggerFactory.getLogger(CallTable.class);
  private static final int ENDED_KEPT = 256;

  private final Page session;
  private final WebRtcHandler handler;
  private final Limits limits;
  private final Tally userCalls;
  private final Map<String, BrowserLeg> live = new LinkedHashMap<>();
  private final Queue<String> ended = EvictingQueue.create(ENDED_KEPT);
  private final BrowserLeg.Owner owner = new Owner();
  private final AtomicInteger offered = new AtomicInteger();

  /**
   * No calls yet.
   *
   * @param userCalls how many each user has over all sessions
   */
  public CallTable(Page session, WebRtcHandler handler, Limits limits, Tally userCalls) {
    this.session = session;
    this.handler = handler;
    this.limits = limits;
    this.userCalls = userCalls;
  }

  /** The page calls. */
  public void begin(ClientMessage.Call request) {
    String call = request.call();
    if (live.containsKey(call)) {
      session.reply(refused(request.id(), ReasonCode.BAD_REQUEST, "/call is already in use"));
    } else if (session.isExpired()) {
      session.reply(Refused.of(request.id(), ReasonCode.TOKEN_EXPIRED));
    } else if (!admits()) {
      session.reply(Refused.of(request.id(), ReasonCode.OVERLOADED));
    } else {
      BrowserLeg leg = BrowserLeg.outgoing(owner, call, request.to());
      live.put(call, leg);
      session.reply(new Ok(request.id()));
      guarded(leg, () -> leg.listen(handler.onCall(session, callRequest(request), leg)));
    }
  }

  /** The page says something about a call. */
  public void request(ClientMessage.OfCall request) {
    BrowserLeg leg = live.get(request.call());
    if (leg == null) {
      boolean crossing = request instanceof ClientMessage.Hangup && ended.contains(request.call());
      session.reply(
          crossing
              ? new Ok(request.id())
              : refused(request.id(), ReasonCode.UNKNOWN_CALL, ReasonCode.UNKNOWN_CALL.sentence()));
      return;
    }
    Optional<Refused> objection = leg.objection(request);
    if (objection.isPresent()) {
      session.reply(objection.get());
    } else if (request instanceof ClientMessage.Transfer transfer && transfer.with() != null) {
      transfer(leg, transfer.with(), request.id());
    } else if (request instanceof ClientMessage.Stats stats) {
      guarded(leg, () -> leg.report(stats.report(), seen -> replyLater(stats.id(), seen)));
    } else {
      session.reply(new Ok(request.id()));
      guarded(leg, () -> leg.perform(request));
    }
  }

  private void replyLater(String id, ImmutableMap<String, Object> result) {
    session.post(() -> session.reply(new Ok(id, result)));
  }

  private void transfer(BrowserLeg leg, String with, String id) {
    BrowserLeg other = live.get(with);
    if (other == null) {
      ReasonCode code = ReasonCode.UNKNOWN_CALL;
      session.reply(new Refused(id, code.code(), code.sentence(), code.remedy(), "/with"));
    } else {
      session.reply(new Ok(id));
      guarded(leg, () -> leg.transferWith(other));
    }
  }

  /** The gateway calls the page; from any thread. */
  public WebRtcLeg offer(WebRtcSession.Incoming incoming, WebRtcLeg.Listener listener) {
    String call = "g-" + offered.incrementAndGet();
    BrowserLeg leg = BrowserLeg.incoming(owner, call, incoming, listener);
    session.post(
        () -> {
          if (session.isOver()) {
            leg.lose();
          } else {
            announce(leg, incoming);
          }
        });
    return leg;
  }

  private void announce(BrowserLeg leg, WebRtcSession.Incoming incoming) {
    if (session.isExpired() || !admits()) {
      log.debug("Call {} is not offered: the session has its {} calls", leg.call(), live.size());
      leg.refuse(ReasonCode.BUSY);
    } else {
      live.put(leg.call(), leg);
      leg.announce(incoming);
    }
  }

  /** Forgets a call, but for a while not its name. */
  private void remove(BrowserLeg leg) {
    if (live.remove(leg.call(), leg)) {
      ended.add(leg.call());
      userCalls.giveBack(session.user());
    }
  }

  /** The session is over: each call hears it. */
  public void loseAll() {
    ImmutableList<BrowserLeg> lost = ImmutableList.copyOf(live.values());
    live.clear();
    lost.forEach(leg -> userCalls.giveBack(session.user()));
    for (BrowserLeg leg : lost) {
      try {
        leg.lose();
      } catch (RuntimeException e) {
        log.error("Session {}: a call's listener failed at the end", session.id(), e);
      }
    }
  }

  /** The page is back. */
  public void resumed() {
    live.values().forEach(BrowserLeg::resumed);
  }

  /** The sign-in is over, and the calls with it: both sides hear why. */
  public void endAll(ReasonCode code) {
    for (BrowserLeg leg : ImmutableList.copyOf(live.values())) {
      guarded(leg, () -> leg.hangUp(WebRtcLeg.By.GATEWAY, code));
    }
  }

  /** Whether no call is going on. */
  public boolean isEmpty() {
    return live.isEmpty();
  }

  /** Whether one more may be had; it is counted then. */
  private boolean admits() {
    int granted = session.grant().maxCalls();
    int most = granted == 0 ? limits.calls() : Math.min(granted, limits.calls());
    return live.size() < most && userCalls.take(session.user());
  }

  /** What is going on, in the order in which it began. */
  public ImmutableList<CallSummary> summaries() {
    return live.values().stream().map(BrowserLeg::summary).collect(ImmutableList.toImmutableList());
  }

  /** A failing listener costs its call, not the session. */
  private void guarded(BrowserLeg leg, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("Session {}: a call's listener failed", session.id(), e);
      if (live.get(leg.call()) == leg) {
        leg.hangUp(WebRtcLeg.By.GATEWAY, ReasonCode.SERVER_ERROR);
      }
    }
  }

  private static WebRtcHandler.CallRequest callRequest(ClientMessage.Call request) {
    return new WebRtcHandler.CallRequest(request.to(), request.sdp(), request.headers());
  }

  private static Refused refused(String id, ReasonCode code, String message) {
    return new Refused(id, code.code(), message, code.remedy(), "/call");
  }

  /**
   * What a session's calls may do.
   *
   * @param calls how many at once
   * @param answerWithin how long the page may take to answer an offer in the middle of a call
   */
  public record Limits(int calls, Duration answerWithin) {}

  /** What a call needs of its session. */
  private final class Owner implements BrowserLeg.Owner {
    @Override
    public void post(Runnable task) {
      session.post(task);
    }

    @Override
    public void emit(LongFunction<Event> event) {
      session.emit(event);
    }

    @Override
    public Timers.Timer afterPatience(Runnable task) {
      return session.after(limits.answerWithin(), task);
    }

    @Override
    public void over(BrowserLeg leg) {
      remove(leg);
      session.onCallOver();
    }
  }
}
