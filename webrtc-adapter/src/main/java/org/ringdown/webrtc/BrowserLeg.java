package org.ringdown.webrtc;

import com.google.common.collect.ImmutableMap;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.signaling.ClientMessage;
import org.ringdown.webrtc.signaling.ReasonCode;
import org.ringdown.webrtc.signaling.ServerMessage;
import org.ringdown.webrtc.signaling.ServerMessage.Event;
import org.ringdown.webrtc.signaling.ServerMessage.Side;
import org.ringdown.webrtc.signaling.ServerMessage.TransferStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call of one page: what may be said in which state, in both directions.
 *
 * <pre>
 *  outgoing  TRYING -> RINGING -> EARLY (answer) -> CONNECTED (accepted)  \
 *  incoming  TRYING -> RINGING (page alerts) -----> CONNECTED (page's answer) -> ENDED
 * </pre>
 *
 * Whose offer is open is {@link OfferExchange}'s to know. The verbs may be called from any thread
 * and become tasks of the session's mailbox; everything else runs in the mailbox only.
 */
final class BrowserLeg implements WebRtcLeg {
  private static final Logger log = LoggerFactory.getLogger(BrowserLeg.class);

  private final Owner owner;
  private final String call;
  private final Direction direction;
  private ServerMessage.@Nullable Party from;
  private String to;
  private Listener listener;
  private Phase phase = Phase.TRYING;
  private final OfferExchange offers;
  private boolean alerted;
  private boolean held;
  private boolean holding;

  private BrowserLeg(
      Owner owner,
      String call,
      Direction direction,
      ServerMessage.@Nullable Party from,
      String to,
      Listener listener,
      OfferExchange offers) {
    this.owner = owner;
    this.call = call;
    this.direction = direction;
    this.from = from;
    this.to = to;
    this.listener = listener;
    this.offers = offers;
  }

  /** The page calls; {@link #listen} follows. */
  static BrowserLeg outgoing(Owner owner, String call, String to) {
    OfferExchange offers = OfferExchange.begunByPage();
    return new BrowserLeg(owner, call, Direction.OUTGOING, null, to, new Listener() {}, offers);
  }

  /** The page is called; {@link #announce} follows. */
  static BrowserLeg incoming(
      Owner owner, String call, WebRtcSession.Incoming incoming, Listener listener) {
    ServerMessage.Party from = caller(incoming);
    OfferExchange offers = OfferExchange.begunByGateway(incoming.sdp());
    return new BrowserLeg(owner, call, Direction.INCOMING, from, incoming.to(), listener, offers);
  }

  @Override
  public String call() {
    return call;
  }

  @Override
  public void ringing() {
    whileLive(
        () -> {
          if (direction == Direction.OUTGOING && !alerted && phase != Phase.CONNECTED) {
            alerted = true;
            become(phase == Phase.TRYING ? Phase.RINGING : phase);
            owner.emit(seq -> new ServerMessage.Ringing(seq, call));
          }
        });
  }

  @Override
  public void answer(int offer, String sdp) {
    whileLive(
        () -> {
          become(phase == Phase.CONNECTED ? phase : Phase.EARLY);
          settle(offer, seq -> new ServerMessage.Answer(seq, call, sdp));
        });
  }

  @Override
  public void refuseOffer(int offer, ReasonCode code, @Nullable String text) {
    ServerMessage.Reason reason = reason(new Hangup(By.GATEWAY, code, null, null, text));
    whileLive(() -> settle(offer, seq -> new ServerMessage.OfferRefused(seq, call, reason)));
  }

  private void settle(int offer, LongFunction<Event> outcome) {
    if (offers.settle(offer)) {
      owner.emit(outcome);
      sendWaitingOffer();
    } else {
      log.debug("Call {}: offer {} of the page is no longer open", call, offer);
    }
  }

  @Override
  public void accepted() {
    whileLive(
        () -> {
          if (direction == Direction.OUTGOING && phase != Phase.CONNECTED) {
            become(Phase.CONNECTED);
            owner.emit(seq -> new ServerMessage.Accepted(seq, call));
          }
        });
  }

  /** Waits while another offer is open; the page's answer or ours sets it free. */
  @Override
  public void offer(String sdp) {
    whileLive(
        () -> {
          offers.await(sdp);
          sendWaitingOffer();
        });
  }

  @Override
  public void held(boolean held) {
    whileLive(
        () -> {
          if (this.held != held) {
            this.held = held;
            owner.emit(
                seq ->
                    held
                        ? new ServerMessage.Held(seq, call, Side.REMOTE)
                        : new ServerMessage.Resumed(seq, call, Side.REMOTE));
          }
        });
  }

  @Override
  public void dtmf(char digit, int durationMs) {
    whileLive(
        () ->
            owner.emit(
                seq -> new ServerMessage.Dtmf(seq, call, String.valueOf(digit), durationMs)));
  }

  private void tell(Transfer transfer) {
    whileLive(() -> owner.emit(seq -> transferred(seq, transfer)));
  }

  private ServerMessage.Transferred transferred(long seq, Transfer transfer) {
    if (transfer instanceof Transfer.Failed failed) {
      return new ServerMessage.Transferred(
          seq, call, null, TransferStatus.FAILED, reason(failed.why()));
    }
    TransferStatus status =
        transfer instanceof Transfer.Ringing ? TransferStatus.RINGING : TransferStatus.ACCEPTED;
    return new ServerMessage.Transferred(seq, call, null, status, null);
  }

  @Override
  public void transferredTo(String uri, String display) {
    ServerMessage.Party party = new ServerMessage.Party(uri, display);
    whileLive(
        () -> {
          from = direction == Direction.INCOMING ? party : from;
          to = direction == Direction.OUTGOING ? uri : to;
          owner.emit(seq -> new ServerMessage.Transferred(seq, call, party, null, null));
        });
  }

  @Override
  public void media(
      MediaState state, ImmutableMap<String, Object> evidence, @Nullable Verdict verdict) {
    ServerMessage.Verdict said = verdict == null ? null : said(verdict);
    whileLive(
        () -> owner.emit(seq -> new ServerMessage.Media(seq, call, state.text(), evidence, said)));
  }

  private static ServerMessage.Verdict said(Verdict verdict) {
    return new ServerMessage.Verdict(
        verdict.code().code(),
        verdict.hop().text(),
        verdict.direction().text(),
        verdict.text(),
        verdict.remedy());
  }

  @Override
  public void end(Hangup hangup) {
    whileLive(() -> finish(hangup));
  }

  /** Sets who hears of an outgoing call. */
  void listen(Listener listener) {
    this.listener = listener;
  }

  /** Sends {@code incoming}. */
  void announce(WebRtcSession.Incoming incoming) {
    owner.emit(
        seq ->
            new ServerMessage.Incoming(
                seq, call, caller(incoming), to, incoming.sdp(), incoming.headers()));
  }

  /** Why this request does not fit now; empty if it does. */
  Optional<ReasonCode> objection(ClientMessage.OfCall request) {
    boolean fits;
    if (request instanceof ClientMessage.Ringing) {
      fits = direction == Direction.INCOMING && phase != Phase.CONNECTED;
    } else if (request instanceof ClientMessage.Answer) {
      fits = offers.takesAnswer();
    } else if (request instanceof ClientMessage.Offer) {
      fits = offers.takesOffer();
    } else if (request instanceof ClientMessage.Hold
        || request instanceof ClientMessage.Resume
        || request instanceof ClientMessage.Transfer) {
      fits = phase == Phase.CONNECTED;
    } else if (request instanceof ClientMessage.Dtmf) {
      fits = phase == Phase.EARLY || phase == Phase.CONNECTED;
    } else {
      fits = true;
    }
    return fits ? Optional.empty() : Optional.of(ReasonCode.WRONG_STATE);
  }

  /** Carries out a request without {@link #objection}. */
  void perform(ClientMessage.OfCall request) {
    if (request instanceof ClientMessage.Ringing) {
      onRinging();
    } else if (request instanceof ClientMessage.Answer answer) {
      onAnswer(answer);
    } else if (request instanceof ClientMessage.Candidate candidate) {
      ClientMessage.IceCandidate init = candidate.candidate();
      listener.onCandidate(init == null ? "" : init.candidate());
    } else if (request instanceof ClientMessage.Offer offer) {
      onOffer(offer);
    } else if (request instanceof ClientMessage.Hold) {
      hold(true);
    } else if (request instanceof ClientMessage.Resume) {
      hold(false);
    } else if (request instanceof ClientMessage.Dtmf dtmf) {
      listener.onDtmf(dtmf.digits(), dtmf.durationMs(), dtmf.gapMs());
    } else if (request instanceof ClientMessage.Stats stats) {
      listener.onStats(stats.report());
    } else if (request instanceof ClientMessage.Transfer transfer) {
      listener.onTransfer(Objects.requireNonNull(transfer.to()), this::tell);
    } else if (request instanceof ClientMessage.Hangup hangup) {
      hangUp(By.LOCAL, codeOf(hangup.reason()));
    } else {
      throw new AssertionError(request);
    }
  }

  /** Carries out a transfer to the other side of another call, without {@link #objection}. */
  void transferWith(BrowserLeg other) {
    listener.onTransferWith(other.listener, this::tell);
  }

  /** Ends the call for both: the page is told, and so is the listener. */
  void hangUp(By by, ReasonCode code) {
    finish(new Hangup(by, code, null, null, null));
    listener.onHangup(code);
  }

  /** The session is over, or was before the call could be offered. */
  void lose() {
    become(Phase.ENDED);
    listener.onLost();
  }

  /** The call could not be offered; the page never hears of it. */
  void refuse(ReasonCode code) {
    become(Phase.ENDED);
    listener.onHangup(code);
  }

  /** As it stands in {@code welcome}. */
  ServerMessage.CallSummary summary() {
    String unanswered = phase == Phase.CONNECTED ? null : offers.open();
    return new ServerMessage.CallSummary(
        call, direction.text(), phase.text(), held, holding, from, to, unanswered);
  }

  private static ServerMessage.Party caller(WebRtcSession.Incoming incoming) {
    return new ServerMessage.Party(incoming.fromUri(), incoming.fromDisplay());
  }

  private void hold(boolean holds) {
    if (holding != holds) {
      holding = holds;
      listener.onHold(holds);
    }
  }

  private void onOffer(ClientMessage.Offer offer) {
    if (offers.pageOffered()) {
      listener.onOfferDropped();
    }
    listener.onOffer(offer.sdp());
  }

  /** The page is back, perhaps loaded anew: then it answers no offer of before. */
  void resumed() {
    if (phase == Phase.CONNECTED) {
      offers.giveWay();
    }
  }

  private void onRinging() {
    if (phase == Phase.TRYING) {
      become(Phase.RINGING);
      listener.onRinging();
    }
  }

  private void onAnswer(ClientMessage.Answer answer) {
    offers.pageAnswered();
    become(direction == Direction.INCOMING ? Phase.CONNECTED : phase);
    listener.onAnswer(answer.sdp());
    sendWaitingOffer();
  }

  private void sendWaitingOffer() {
    offers.next().ifPresent(sdp -> owner.emit(seq -> new ServerMessage.Offer(seq, call, sdp)));
  }

  private void finish(Hangup hangup) {
    become(Phase.ENDED);
    Side by = Side.valueOf(hangup.by().name());
    ServerMessage.Reason reason = reason(hangup);
    owner.emit(seq -> new ServerMessage.Hangup(seq, call, by, reason));
    owner.over(this);
  }

  private static ServerMessage.Reason reason(Hangup why) {
    ReasonCode code = why.code();
    String text = why.text() == null ? code.sentence() : why.text();
    return new ServerMessage.Reason(
        code.code(), why.sipStatus(), why.q850Cause(), text, code.remedy());
  }

  /** One verb of the page for three things (the call's state says which). */
  private ReasonCode codeOf(ClientMessage.HangupReason reason) {
    if (phase == Phase.CONNECTED) {
      return ReasonCode.HANGUP;
    }
    if (direction == Direction.OUTGOING) {
      return ReasonCode.CANCELLED;
    }
    return reason == ClientMessage.HangupReason.BUSY ? ReasonCode.BUSY : ReasonCode.DECLINED;
  }

  private void become(Phase next) {
    if (next != phase) {
      log.debug("Call {}: {} -> {}", call, phase, next);
      phase = next;
    }
  }

  private void whileLive(Runnable verb) {
    owner.post(
        () -> {
          if (phase != Phase.ENDED) {
            verb.run();
          }
        });
  }

  /** The session, as its calls see it. */
  interface Owner {
    /** Runs a task in the session's mailbox. */
    void post(Runnable task);

    /** Numbers and sends an event. */
    void emit(LongFunction<Event> event);

    /** The call has ended and can be forgotten. */
    void over(BrowserLeg leg);
  }

  /** Seen from the page. */
  private enum Direction {
    OUTGOING,
    INCOMING;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private enum Phase {
    /** Nothing is known of the other side. */
    TRYING,
    /** The called side alerts. */
    RINGING,
    /** The page has its answer, the called side has not picked up. */
    EARLY,
    /** Picked up. */
    CONNECTED,
    /** Over; every verb is ignored. */
    ENDED;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
