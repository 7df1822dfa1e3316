package org.ringdown.sip.call;

import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.dialog.Replaces;
import org.ringdown.sip.leg.Dial;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.log.StackLog;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transaction.Alarms;
import org.ringdown.sip.transaction.Responses;
import org.ringdown.sip.transaction.Wiring;
import org.ringdown.sip.usage.InviteUsage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call of ours (RFC 3261 section 13.2): everything up to the final response; what comes after is
 * {@link InviteUsage}.
 */
final class UacRole implements Role {
  private static final Logger LOG = LoggerFactory.getLogger(UacRole.class);

  private static final SipStatus UNANSWERED =
      SipStatus.NOT_ACCEPTABLE_HERE.because("The phone answered without SDP.");

  private enum State {
    /** INVITE sent, nothing heard. */
    CALLING,
    /** A provisional response came: from now on CANCEL may be sent. */
    PROCEEDING,
    /** To be ended: CANCEL is sent as soon as it may be, a 2xx gets ACK and BYE. */
    ENDING,
    /** A 2xx came and was acknowledged. */
    ESTABLISHED,
    /** Nothing more to do but to drop late 2xx. */
    OVER
  }

  private final OutgoingInvite invite;
  private final @Nullable Duration patience;
  private final Wiring wiring;
  private final CallLeg leg;
  private final SipLeg.Listener listener;
  private final CalledDialogs dialogs;
  private State state = State.CALLING;
  private Alarms.Alarm giveUp = Alarms.NONE;
  private SipStatus endStatus = SipStatus.OK;
  private ImmutableMap<String, String> said = ImmutableMap.of();

  UacRole(Dial dial, SipLeg.Listener listener, Wiring wiring, CallLeg leg) {
    this.leg = leg;
    this.invite = new OutgoingInvite(dial, wiring);
    this.patience = dial.attempt().way().patience();
    this.listener = listener;
    this.wiring = wiring;
    this.dialogs = new CalledDialogs(invite, leg, wiring);
  }

  @Override
  public void begin() {
    leg.legs().remember(invite.tag(), leg);
    invite.locate(() -> leg.post(this::sendFirst));
  }

  /** It may have been ended while we looked where to send it. */
  private void sendFirst() {
    if (state == State.CALLING) {
      send();
    } else if (state == State.ENDING) {
      leg.usageOver();
    }
  }

  private void send() {
    giveUp.cancel();
    Optional<String> obstacle = invite.send(leg);
    if (obstacle.isPresent()) {
      unreachable(obstacle.get());
    } else if (patience != null) {
      giveUp = wiring.alarms().in(patience, () -> leg.post(this::unanswered));
    }
  }

  /** Nothing at all was heard: what comes yet is ended, and nobody hears of it. */
  private void unanswered() {
    if (state == State.CALLING) {
      to(State.ENDING);
      leg.legs().over(leg);
      listener.onEnded(new SipEnd(SipEnd.Kind.TIMEOUT, invite.silence()));
    }
  }

  private void unreachable(String explanation) {
    fail(SipEnd.Kind.UNREACHABLE, status(503, 27, explanation));
  }

  private static SipStatus status(int code, int q850Cause, String explanation) {
    return new SipStatus(code, Reasons.phrase(code), q850Cause, explanation);
  }

  /** Over without a call; the holder hears of it unless it wanted the end itself. */
  private void fail(SipEnd.Kind kind, SipStatus status) {
    fail(new SipEnd(kind, status));
  }

  private void fail(SipEnd end) {
    boolean wanted = state == State.ENDING;
    leg.usageOver();
    if (!wanted) {
      listener.onEnded(end);
    }
  }

  @Override
  public String callId() {
    return invite.callId();
  }

  @Override
  public boolean answersFirst(String sdp) {
    if (!dialogs.owesAnswer()) {
      return false;
    }
    try {
      dialogs.answerOffer(sdp);
    } catch (SipException e) {
      LOG.debug("{} answer not sent: {}", callId(), StackLog.cut(e.getMessage()));
      SipStatus status = status(503, 27, "the answer to the offer could not be sent");
      hangUp(status);
      fail(SipEnd.Kind.UNREACHABLE, status);
    }
    return true;
  }

  @Override
  public boolean challenged(Response response) {
    return invite.challenged(response);
  }

  @Override
  public void authorize(Request request) {
    invite.authorize(request);
  }

  @Override
  public void end(SipStatus status) {
    switch (state) {
      case CALLING -> {
        endStatus = status;
        to(State.ENDING);
        giveUpLater();
      }
      case PROCEEDING -> {
        endStatus = status;
        to(State.ENDING);
        cancel();
      }
      case ESTABLISHED -> hangUp(status);
      case ENDING, OVER -> {}
    }
  }

  private void hangUp(SipStatus status) {
    dialogs.hangUp(status);
  }

  private void inCall(Consumer<InviteUsage> task) {
    InviteUsage call = dialogs.call();
    if (call != null) {
      task.accept(call);
    }
  }

  /** Sends the CANCEL and sets a bound to the wait for its effect (RFC 3261 section 9.1). */
  private void cancel() {
    invite.cancel(endStatus);
    giveUpLater();
  }

  /** JAIN-SIP's own timer has stopped where a final response came that does not fit our request. */
  private void giveUpLater() {
    wiring.alarms().in(wiring.timers().giveUp(), () -> leg.post(this::stopWaiting));
  }

  private void stopWaiting() {
    if (state == State.ENDING && dialogs.call() == null) {
      leg.usageOver();
    }
  }

  @Override
  public void onResponse(Response response, @Nullable Dialog dialog) {
    int code = response.getStatusCode();
    if (!invite.isAnsweredBy(response)) {
      inCall(call -> call.onResponse(response));
    } else if (code < 200) {
      onProvisional(response, dialog);
    } else if (code < 300) {
      onSuccess(response, dialog);
    } else if (state != State.OVER && Requests.cseq(response) == invite.cseq()) {
      onRefusal(response);
    }
  }

  /** What can be answered or mended begins again; every other refusal is the end. */
  private void onRefusal(Response response) {
    if (state != State.ENDING && invite.mayBeginAgain(response)) {
      to(State.CALLING);
      send();
      return;
    }
    SipStatus status = invite.refusal(response);
    hear(response);
    fail(
        new SipEnd(
            SipEnd.Kind.REFUSED,
            status,
            Requests.redirects(response),
            Requests.retryAfter(response)));
  }

  private void hear(Response response) {
    if (state != State.ENDING) {
      listener.onHeaders(Requests.headers(response));
    }
  }

  private void onProvisional(Response response, @Nullable Dialog dialog) {
    if (state == State.CALLING) {
      to(State.PROCEEDING);
    }
    if (state == State.ENDING) {
      cancel();
    } else if (state == State.PROCEEDING && response.getStatusCode() > 100) {
      EarlyDialogs.Heard heard = dialogs.take(response, dialog);
      if (heard != null) {
        hear(response);
        listener.onProgress(response.getStatusCode(), heard.sdp());
      }
    }
  }

  /** The first 2xx makes the call; one of another fork, or after the end, gets ACK and BYE. */
  private void onSuccess(Response response, @Nullable Dialog dialog) {
    boolean wanted = state != State.OVER;
    switch (dialogs.take2xx(response, dialog, wanted)) {
      case CALL -> established(response);
      case NO_DIALOG -> fail(SipEnd.Kind.REFUSED, AnswerWithoutDialog.STATUS);
      case NOT_ACKNOWLEDGED -> unreachable("the answer could not be acknowledged");
      case STRAY -> {}
    }
  }

  private void established(Response response) {
    inCall(call -> call.say(said));
    String answer = dialogs.answer();
    if (state == State.ENDING) {
      hangUp(endStatus);
    } else if (answer == null) {
      to(State.ENDING);
      hangUp(UNANSWERED);
      listener.onEnded(new SipEnd(SipEnd.Kind.OFFER_UNANSWERED, UNANSWERED));
    } else {
      to(State.ESTABLISHED);
      hear(response);
      listener.onAnswered(answer);
    }
  }

  @Override
  public void onRequest(Request request, ServerTransaction of) {
    InviteUsage concerned = dialogs.concerned(request);
    if (concerned == null || state == State.OVER) {
      int code = Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST;
      Responses.send(of, wiring.messages().response(request, code, invite.tag()));
    } else {
      concerned.onRequest(request, of);
    }
  }

  @Override
  public void onAck(Request ack) {
    InviteUsage usage = dialogs.speaking();
    if (usage != null) {
      var unused = usage.onAck(ack);
    }
  }

  @Override
  public void onAckMissing() {
    InviteUsage usage = dialogs.speaking();
    if (usage != null) {
      usage.onAckMissing();
    }
  }

  @Override
  public void onTimeout(ClientTransaction of) {
    InviteUsage call = dialogs.call();
    if (call != null) {
      call.onTimeout(of.getRequest());
    } else if (invite.is(of) && state != State.OVER) {
      SipStatus silence = invite.silence();
      boolean timeout = silence.code() == Response.REQUEST_TIMEOUT;
      fail(timeout ? SipEnd.Kind.TIMEOUT : SipEnd.Kind.UNREACHABLE, silence);
    }
  }

  @Override
  public void onEarlyTooLong() {
    if (state == State.PROCEEDING) {
      SipStatus status = status(408, 102, "rang for too long");
      end(status);
      listener.onEnded(new SipEnd(SipEnd.Kind.TIMEOUT, status));
    }
  }

  @Override
  public SipLeg.Listener listener() {
    return listener;
  }

  @Override
  public boolean isOver() {
    return state == State.OVER;
  }

  @Override
  public @Nullable InviteUsage dialog() {
    return dialogs.call();
  }

  @Override
  public @Nullable InviteUsage confirmed() {
    return dialogs.call();
  }

  @Override
  public @Nullable InviteUsage speaking() {
    return dialogs.speaking();
  }

  @Override
  public void say(ImmutableMap<String, String> headers) {
    said = headers;
    inCall(call -> call.say(headers));
  }

  @Override
  public void abandon(SipEnd end) {
    try {
      hangUp(end.status());
    } finally {
      fail(end);
    }
  }

  /** Late answers of forks are looked out for until no more can come. */
  @Override
  public void over() {
    to(State.OVER);
    wiring.alarms().in(wiring.timers().giveUp(), () -> leg.legs().forget(invite.tag()));
  }

  /** As long as nobody has answered, each of the early dialogs, which are ours (RFC 3891 3). */
  @Override
  public boolean isNamedBy(Replaces name) {
    String winner = dialogs.answeredBy();
    return name.localTag().equals(invite.tag())
        && (winner == null ? dialogs.isEarly(name.remoteTag()) : name.remoteTag().equals(winner));
  }

  @Override
  public String toString() {
    return "a call of ours, " + state;
  }

  private void to(State next) {
    LOG.debug("{} {} -> {}", callId(), state, next);
    state = next;
  }
}
