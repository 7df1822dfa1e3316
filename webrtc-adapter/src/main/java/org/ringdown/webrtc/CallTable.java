package org.ringdown.webrtc;

import com.google.common.collect.EvictingQueue;
import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.ringdown.webrtc.signaling.ClientMessage;
import org.ringdown.webrtc.signaling.ReasonCode;
import org.ringdown.webrtc.signaling.ServerMessage.CallSummary;
import org.ringdown.webrtc.signaling.ServerMessage.Ok;
import org.ringdown.webrtc.signaling.ServerMessage.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of one session by name. A request is first checked, then replied to, then carried out,
 * so that its reply comes before its events. Not thread-safe: the session's mailbox.
 */
final class CallTable {
  private static final Logger log = LoggerFactory.getLogger(CallTable.class);
  private static final int ENDED_KEPT = 256;

  private final BrowserSession session;
  private final WebRtcHandler handler;
  private final int maxCalls;
  private final Map<String, BrowserLeg> live = new LinkedHashMap<>();
  private final Queue<String> ended = EvictingQueue.create(ENDED_KEPT);

  CallTable(BrowserSession session, WebRtcHandler handler, int maxCalls) {
    this.session = session;
    this.handler = handler;
    this.maxCalls = maxCalls;
  }

  /** The page calls. */
  void begin(ClientMessage.Call request) {
    String call = request.call();
    if (live.containsKey(call)) {
      session.reply(refused(request.id(), ReasonCode.BAD_REQUEST, "/call is already in use"));
    } else if (live.size() >= maxCalls) {
      session.reply(Refused.of(request.id(), ReasonCode.OVERLOADED));
    } else {
      BrowserLeg leg = BrowserLeg.outgoing(session, call, request.to());
      live.put(call, leg);
      session.reply(new Ok(request.id()));
      guarded(leg, () -> leg.listen(handler.onCall(session, callRequest(request), leg)));
    }
  }

  /** The page says something about a call. */
  void request(ClientMessage.OfCall request) {
    BrowserLeg leg = live.get(request.call());
    if (leg == null) {
      boolean crossing = request instanceof ClientMessage.Hangup && ended.contains(request.call());
      session.reply(
          crossing
              ? new Ok(request.id())
              : refused(request.id(), ReasonCode.UNKNOWN_CALL, ReasonCode.UNKNOWN_CALL.sentence()));
      return;
    }
    Optional<ReasonCode> objection = leg.objection(request);
    if (objection.isPresent()) {
      session.reply(Refused.of(request.id(), objection.get()));
    } else if (request instanceof ClientMessage.Transfer transfer && transfer.with() != null) {
      transfer(leg, transfer.with(), request.id());
    } else {
      session.reply(new Ok(request.id()));
      guarded(leg, () -> leg.perform(request));
    }
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

  /** The gateway calls the page. */
  void offer(BrowserLeg leg, WebRtcSession.Incoming incoming) {
    if (live.size() >= maxCalls) {
      log.debug("Call {} is not offered: the session has its {} calls", leg.call(), maxCalls);
      leg.refuse(ReasonCode.BUSY);
    } else {
      live.put(leg.call(), leg);
      leg.announce(incoming);
    }
  }

  /** Forgets a call, but for a while not its name. */
  void remove(BrowserLeg leg) {
    if (live.remove(leg.call(), leg)) {
      ended.add(leg.call());
    }
  }

  /** The session is over: each call hears it. */
  void loseAll() {
    ImmutableList<BrowserLeg> lost = ImmutableList.copyOf(live.values());
    live.clear();
    for (BrowserLeg leg : lost) {
      try {
        leg.lose();
      } catch (RuntimeException e) {
        log.error("Session {}: a call's listener failed at the end", session.id(), e);
      }
    }
  }

  /** What is going on, in the order in which it began. */
  ImmutableList<CallSummary> summaries() {
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
}
