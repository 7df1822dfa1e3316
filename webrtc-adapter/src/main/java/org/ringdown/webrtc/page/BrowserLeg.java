package org.ringdown.webrtc.page;

import com.google.common.collect.ImmutableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.signaling.ClientMessage;
import org.ringdown.webrtc.signaling.ReasonCode;
import org.ringdown.webrtc.signaling.ServerMessage;
import org.ringdown.webrtc.signaling.ServerMessage.Event;
import org.ringdown.webrtc.signaling.Timers;

/**
 * A call of one page: carries out what is said in both directions. What may be said when is {@link
 * CallState}'s to know, and whose offer is open {@link Renegotiation}'s. The verbs may be called
 * from any thread and become tasks of the session's mailbox; everything else runs in the mailbox
 * only.
 */
final class BrowserLeg implements WebRtcLeg {
  private final Owner owner;
  private final CallState state;
  private final Renegotiation offers;
  private Listener listener;
  private ImmutableMap<String, String> said = ImmutableMap.of();

  private BrowserLeg(Owner owner, CallState state, Listener listener) {
    this.owner = owner;
    this.state = state;
    this.listener = listener;
    offers = new Renegotiation(owner, state, () -> this.listener);
  }

  /** The page calls; {@link #listen} follows. */
  static BrowserLeg outgoing(Owner owner, String call, String to) {
    return new BrowserLeg(owner, CallState.outgoing(call, to), new Listener() {});
  }

  /** The page is called; {@link #announce} follows. */
  static BrowserLeg incoming(
      Owner owner, String call, WebRtcSession.Incoming incoming, Listener listener) {
    return new BrowserLeg(owner, CallState.incoming(call, incoming), listener);
  }

  @Override
  public String call() {
    return state.call();
  }

  @Override
  public void say(ImmutableMap<String, String> headers) {
    whileLive(() -> said = headers);
  }

  private ImmutableMap<String, String> said() {
    ImmutableMap<String, String> now = said;
    said = ImmutableMap.of();
    return now;
  }

  @Override
  public void ringing() {
    whileLive(
        () -> {
          if (state.alerts()) {
            ImmutableMap<String, String> headers = said();
            owner.emit(seq -> new ServerMessage.Ringing(seq, call(), headers));
          }
        });
  }

  @Override
  public void answer(int offer, String sdp) {
    whileLive(
        () -> {
          if (!state.isConnected()) {
            state.become(CallPhase.EARLY);
          }
          offers.settle(offer, seq -> new ServerMessage.Answer(seq, call(), sdp));
        });
  }

  @Override
  public void refuseOffer(int offer, ReasonCode code, @Nullable String text) {
    Hangup why = new Hangup(By.GATEWAY, code, null, null, text);
    whileLive(
        () ->
            offers.settle(
                offer, seq -> new ServerMessage.OfferRefused(seq, call(), CallEvents.reason(why))));
  }

  @Override
  public void accepted() {
    whileLive(
        () -> {
          if (state.isOutgoing() && !state.isConnected()) {
            state.become(CallPhase.CONNECTED);
            ImmutableMap<String, String> headers = said();
            owner.emit(seq -> new ServerMessage.Accepted(seq, call(), headers));
          }
        });
  }

  /** Waits while another offer is open; the page's answer or ours sets it free. */
  @Override
  public void offer(String sdp) {
    whileLive(() -> offers.offer(sdp));
  }

  @Override
  public void held(boolean held) {
    whileLive(
        () -> {
          if (state.held(held)) {
            owner.emit(seq -> CallEvents.held(seq, call(), held));
          }
        });
  }

  @Override
  public void dtmf(char digit, int durationMs) {
    tell(seq -> new ServerMessage.Dtmf(seq, call(), String.valueOf(digit), durationMs));
  }

  @Override
  public void transferredTo(String uri, String display) {
    ServerMessage.Party party = new ServerMessage.Party(uri, display);
    whileLive(
        () -> {
          state.otherSide(party);
          owner.emit(seq -> new ServerMessage.Transferred(seq, call(), party, null, null));
        });
  }

  private void transferGoes(Transfer transfer) {
    tell(seq -> CallEvents.transferred(seq, call(), transfer));
  }

  @Override
  public void media(
      MediaState state, ImmutableMap<String, Object> evidence, @Nullable Verdict verdict) {
    ServerMessage.Verdict said = verdict == null ? null : CallEvents.verdict(verdict);
    tell(seq -> new ServerMessage.Media(seq, call(), state.text(), evidence, said));
  }

  @Override
  public void end(Hangup hangup) {
    whileLive(() -> finish(hangup, said()));
  }

  /** Sets who hears of an outgoing call. */
  void listen(Listener listener) {
    this.listener = listener;
  }

  /** Sends {@code incoming}. */
  void announce(WebRtcSession.Incoming incoming) {
    ServerMessage.Party caller = CallEvents.caller(incoming);
    owner.emit(
        seq ->
            new ServerMessage.Incoming(
                seq, call(), caller, incoming.to(), incoming.sdp(), incoming.headers()));
  }

  /** The reply to a request that does not fit now; empty if it does. */
  Optional<ServerMessage.Refused> objection(ClientMessage.OfCall request) {
    if (state.takes(request)) {
      return Optional.empty();
    }
    ReasonCode code = ReasonCode.WRONG_STATE;
    String remedy = CallState.remedyFor(request);
    return Optional.of(
        new ServerMessage.Refused(request.id(), code.code(), code.sentence(), remedy, null));
  }

  /** Carries out a request without {@link #objection}. */
  void perform(ClientMessage.OfCall request) {
    if (request instanceof ClientMessage.Ringing ringing) {
      onRinging(ringing);
    } else if (request instanceof ClientMessage.Answer answer) {
      onAnswer(answer);
    } else if (request instanceof ClientMessage.Candidate candidate) {
      ClientMessage.IceCandidate init = candidate.candidate();
      listener.onCandidate(init == null ? "" : init.candidate());
    } else if (request instanceof ClientMessage.Offer offer) {
      offers.pageOffered(offer.sdp());
    } else if (request instanceof ClientMessage.Hold) {
      hold(true);
    } else if (request instanceof ClientMessage.Resume) {
      hold(false);
    } else if (request instanceof ClientMessage.Dtmf dtmf) {
      listener.onDtmf(dtmf.digits(), dtmf.durationMs(), dtmf.gapMs());
    } else if (request instanceof ClientMessage.Transfer transfer) {
      listener.onTransfer(Objects.requireNonNull(transfer.to()), this::transferGoes);
    } else if (request instanceof ClientMessage.Hangup hangup) {
      hear(hangup.headers());
      hangUp(By.LOCAL, state.hangupMeans(hangup.reason()));
    } else {
      throw new AssertionError(request);
    }
  }

  /** Takes the page's figures and gives ours, without {@link #objection}. */
  void report(ImmutableMap<String, Object> figures, Consumer<ImmutableMap<String, Object>> seen) {
    listener.onStats(figures, seen);
  }

  /** Carries out a transfer to the other side of another call, without {@link #objection}. */
  void transferWith(BrowserLeg other) {
    listener.onTransferWith(other.listener, this::transferGoes);
  }

  /** Ends the call for both: the page is told, and so is the listener. */
  void hangUp(By by, ReasonCode code) {
    finish(new Hangup(by, code, null, null, null), ImmutableMap.of());
    listener.onHangup(code);
  }

  /** The session is over, or was before the call could be offered. */
  void lose() {
    offers.end();
    state.become(CallPhase.ENDED);
    listener.onLost();
  }

  /** The call could not be offered; the page never hears of it. */
  void refuse(ReasonCode code) {
    state.become(CallPhase.ENDED);
    listener.onHangup(code);
  }

  /** As it stands in {@code welcome}. */
  ServerMessage.CallSummary summary() {
    return state.summary();
  }

  private void hold(boolean holds) {
    if (state.holding(holds)) {
      listener.onHold(holds);
    }
  }

  /** The page is back, perhaps loaded anew: then it answers no offer of before. */
  void resumed() {
    if (state.isConnected()) {
      state.offers().giveWay();
    }
  }

  private void hear(ImmutableMap<String, String> headers) {
    if (!headers.isEmpty()) {
      listener.onHeaders(headers);
    }
  }

  private void onRinging(ClientMessage.Ringing ringing) {
    if (state.pageAlerts()) {
      hear(ringing.headers());
      listener.onRinging();
    }
  }

  private void onAnswer(ClientMessage.Answer answer) {
    if (!state.isOutgoing()) {
      state.become(CallPhase.CONNECTED);
    }
    hear(answer.headers());
    offers.pageAnswered(answer.sdp());
  }

  private void finish(Hangup hangup, ImmutableMap<String, String> headers) {
    offers.end();
    state.become(CallPhase.ENDED);
    owner.emit(seq -> CallEvents.hangup(seq, call(), hangup, headers));
    owner.over(this);
  }

  private void tell(LongFunction<Event> event) {
    whileLive(() -> owner.emit(event));
  }

  private void whileLive(Runnable verb) {
    owner.post(
        () -> {
          if (!state.isOver()) {
            verb.run();
          }
        });
  }

  /** The session's calls, as each of them sees them. */
  interface Owner {
    /** Runs a task in the session's mailbox. */
    void post(Runnable task);

    /** Numbers and sends an event. */
    void emit(LongFunction<Event> event);

    /** Runs a task in the mailbox when a page has had its time to answer an offer. */
    Timers.Timer afterPatience(Runnable task);

    /** The call has ended and can be forgotten. */
    void over(BrowserLeg leg);
  }
}
