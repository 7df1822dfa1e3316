package org.ringdown.webrtc.page;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.signaling.ClientMessage;
import org.ringdown.webrtc.signaling.ReasonCode;
import org.ringdown.webrtc.signaling.ServerMessage;
import org.ringdown.webrtc.signaling.ServerMessage.CallSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one call of a page stands, and what the page may ask of it now. Not thread-safe: the
 * session's mailbox.
 *
 * <pre>
 *  outgoing  TRYING -> RINGING -> EARLY (answer) -> CONNECTED (accepted)  \
 *  incoming  TRYING -> RINGING (page alerts) -----> CONNECTED (page's answer) -> ENDED
 * </pre>
 */
final class CallState {
  private static final Logger log = LoggerFactory.getLogger(CallState.class);

  private final String call;
  private final Direction direction;
  private final OfferExchange offers;
  private ServerMessage.@Nullable Party from;
  private String to;
  private CallPhase phase = CallPhase.TRYING;
  private boolean alerted;
  private boolean held;
  private boolean holding;

  private CallState(
      String call,
      Direction direction,
      OfferExchange offers,
      ServerMessage.@Nullable Party from,
      String to) {
    this.call = call;
    this.direction = direction;
    this.offers = offers;
    this.from = from;
    this.to = to;
  }

  /** The page calls. */
  static CallState outgoing(String call, String to) {
    return new CallState(call, Direction.OUTGOING, OfferExchange.begunByPage(), null, to);
  }

  /** The page is called. */
  static CallState incoming(String call, WebRtcSession.Incoming incoming) {
    OfferExchange offers = OfferExchange.begunByGateway(incoming.sdp());
    return new CallState(
        call, Direction.INCOMING, offers, CallEvents.caller(incoming), incoming.to());
  }

  String call() {
    return call;
  }

  OfferExchange offers() {
    return offers;
  }

  boolean isOutgoing() {
    return direction == Direction.OUTGOING;
  }

  boolean isConnected() {
    return phase == CallPhase.CONNECTED;
  }

  boolean isOver() {
    return phase == CallPhase.ENDED;
  }

  /** Goes on to a phase. */
  void become(CallPhase next) {
    if (next != phase) {
      log.debug("Call {}: {} -> {}", call, phase, next);
      phase = next;
    }
  }

  /** The called side alerts; whether that is news. */
  boolean alerts() {
    boolean news = isOutgoing() && !alerted && phase != CallPhase.CONNECTED;
    if (news) {
      alerted = true;
      become(phase == CallPhase.TRYING ? CallPhase.RINGING : phase);
    }
    return news;
  }

  /** The page alerts; whether that is news. */
  boolean pageAlerts() {
    boolean news = phase == CallPhase.TRYING;
    if (news) {
      become(CallPhase.RINGING);
    }
    return news;
  }

  /** The other side holds or takes back; whether that is news. */
  boolean held(boolean now) {
    boolean news = held != now;
    held = now;
    return news;
  }

  /** The page holds or takes back; whether that is news. */
  boolean holding(boolean now) {
    boolean news = holding != now;
    holding = now;
    return news;
  }

  /** The other side is somebody else from now on. */
  void otherSide(ServerMessage.Party party) {
    if (isOutgoing()) {
      to = party.uri();
    } else {
      from = party;
    }
  }

  /** Whether this request of the page fits now. */
  boolean takes(ClientMessage.OfCall request) {
    if (request instanceof ClientMessage.Ringing) {
      return direction == Direction.INCOMING && phase != CallPhase.CONNECTED;
    } else if (request instanceof ClientMessage.Answer) {
      return offers.takesAnswer();
    } else if (request instanceof ClientMessage.Offer) {
      return offers.takesOffer();
    } else if (request instanceof ClientMessage.Hold
        || request instanceof ClientMessage.Resume
        || request instanceof ClientMessage.Transfer) {
      return phase == CallPhase.CONNECTED;
    } else if (request instanceof ClientMessage.Dtmf) {
      return phase == CallPhase.EARLY || phase == CallPhase.CONNECTED;
    } else {
      return true;
    }
  }

  /** When a request is in place that {@link #takes} refuses now. */
  static String remedyFor(ClientMessage.OfCall request) {
    if (request instanceof ClientMessage.Ringing) {
      return "Say ringing of an incoming call that is not answered yet.";
    } else if (request instanceof ClientMessage.Answer) {
      return "Answer once, and only an open incoming or offer of the gateway's.";
    } else if (request instanceof ClientMessage.Offer) {
      return "Roll back, answer the gateway's offer, then offer again.";
    } else if (request instanceof ClientMessage.Dtmf) {
      return "Send digits once the call has its answer.";
    } else {
      return "Wait until the call is answered.";
    }
  }

  /** What {@code hangup} of the page means now: one verb for three things. */
  ReasonCode hangupMeans(ClientMessage.HangupReason reason) {
    if (phase == CallPhase.CONNECTED) {
      return ReasonCode.HANGUP;
    }
    if (isOutgoing()) {
      return ReasonCode.CANCELLED;
    }
    return reason == ClientMessage.HangupReason.BUSY ? ReasonCode.BUSY : ReasonCode.DECLINED;
  }

  /** As it stands in {@code welcome}. */
  CallSummary summary() {
    String unanswered = phase == CallPhase.CONNECTED ? null : offers.open();
    return new CallSummary(
        call, direction.text(), phase.text(), held, holding, from, to, unanswered);
  }

  /** Seen from the page. */
  private enum Direction {
    OUTGOING,
    INCOMING;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
