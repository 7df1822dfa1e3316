package org.ringdown.sip.call;

import com.google.common.collect.ImmutableMap;
import java.util.function.BiFunction;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.header.FromHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.challenge.Authentication;
import org.ringdown.sip.dialog.DialogPath;
import org.ringdown.sip.dialog.InviteFacts;
import org.ringdown.sip.dialog.Replaces;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.leg.Invite;
import org.ringdown.sip.leg.Replacing;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.message.Uris;
import org.ringdown.sip.transaction.Responses;
import org.ringdown.sip.transaction.Wiring;
import org.ringdown.sip.transport.LocalPoint;
import org.ringdown.sip.transport.PacketSource;
import org.ringdown.sip.usage.InviteUsage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call that came to us (RFC 3261 section 13.3): everything up to the ACK; what comes after is
 * {@link InviteUsage}. JAIN-SIP's transaction repeats the last response to a repeated INVITE and
 * its dialog repeats the 2xx until the ACK.
 */
final class UasRole implements Role, FirstAnswer.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(UasRole.class);

  private enum State {
    /** No final response sent yet. */
    OPEN,
    /** 2xx sent, its ACK awaited. */
    ANSWERED,
    /** The ACK came. */
    CONFIRMED,
    /** Nothing more to do but to let the transactions run out. */
    OVER
  }

  private final ServerTransaction transaction;
  private final Request invite;
  private final DialogPath path;
  private final Wiring wiring;
  private final CallLeg leg;
  private final BiFunction<Invite, SipLeg, SipLeg.Listener> handler;
  private final SipMessages messages;
  private final String tag;
  private final InviteUsage usage;
  private final FirstAnswer early;
  private State state = State.OPEN;
  private Authentication authentication = new Authentication.None();
  private volatile SipLeg.Listener listener = SipLeg.Listener.NONE;

  /** Why to send BYE as soon as the ACK allows it (RFC 3261 section 15). */
  private @Nullable SipStatus endWhenConfirmed;

  UasRole(
      ServerTransaction transaction,
      LocalPoint local,
      Wiring wiring,
      CallLeg leg,
      BiFunction<Invite, SipLeg, SipLeg.Listener> handler) {
    this.leg = leg;
    this.handler = handler;
    this.transaction = transaction;
    this.invite = transaction.getRequest();
    this.wiring = wiring;
    this.messages = wiring.messages();
    this.tag = messages.token();
    this.path =
        new DialogPath(
            transaction.getDialog(),
            local,
            PacketSource.of(invite).orTcpIfLarge(),
            new DialogPath.Contact(
                Uris.user(invite.getRequestURI()), Uris.isSecure(invite.getRequestURI())),
            wiring);
    this.usage = new InviteUsage(path, leg, wiring, false);
    usage.renegotiation().owesFirstAnswer();
    this.early = new FirstAnswer(transaction, tag, path, usage, wiring, this);
  }

  @Override
  public void begin() {
    transaction.setApplicationData(leg);
    transaction.getDialog().setApplicationData(leg);
    leg.post(this::announce);
  }

  /** Announces the call to the handler. */
  private void announce() {
    authentication = wiring.authentication().check(invite);
    Replacing replacing = leg.legs().replacing(invite);
    listener = handler.apply(InviteFacts.of(invite, authentication, replacing), leg);
  }

  @Override
  public String callId() {
    return Requests.callId(invite);
  }

  @Override
  public int objection(DialogPolicy wanted) {
    return early.objection(wanted);
  }

  @Override
  public void follow(DialogPolicy wanted, int refusal) {
    early.follow(wanted);
    usage.timer().follow(wanted.timer());
    if (refusal > 0 && state == State.OPEN) {
      Response response = messages.response(invite, refusal, tag);
      String header = refusal == Response.BAD_EXTENSION ? "Unsupported" : "Require";
      SipMessages.set(response, header, SipMessages.RELIABLE);
      finish(response);
    }
  }

  @Override
  public void say(ImmutableMap<String, String> headers) {
    usage.say(headers);
  }

  @Override
  public void ring() {
    provisional(Response.RINGING, null);
  }

  @Override
  public void progress(String sdp) {
    provisional(Response.SESSION_PROGRESS, sdp);
  }

  private void provisional(int code, @Nullable String sdp) {
    if (state == State.OPEN) {
      early.provisional(code, sdp);
    }
  }

  @Override
  public void answer(String sdp) {
    if (state == State.OPEN && early.mayAnswer(sdp)) {
      accept(sdp);
    }
  }

  @Override
  public void accept(String sdp) {
    if (state == State.OPEN) {
      to(State.ANSWERED);
      early.answer(sdp);
    }
  }

  @Override
  public void challenge() {
    if (state == State.OPEN) {
      Response response = messages.response(invite, Response.UNAUTHORIZED, tag);
      wiring.authentication().challenge(response, invite, authentication);
      finish(response);
    }
  }

  @Override
  public void end(SipStatus status) {
    switch (state) {
      case OPEN -> refuse(status);
      case ANSWERED -> {
        endWhenConfirmed = status;
        usage.silence();
      }
      case CONFIRMED -> usage.hangUp(status);
      case OVER -> {}
    }
  }

  /** A status that is no refusal ends an unanswered call as 480. */
  private void refuse(SipStatus status) {
    SipStatus refusal =
        status.code() >= 300
            ? status
            : new SipStatus(480, "Temporarily Unavailable", status.q850Cause(), "");
    Response response = messages.refusal(invite, refusal, tag);
    usage.putSaid(response);
    finish(response);
  }

  private void finish(Response response) {
    early.stop();
    Responses.send(transaction, response);
    leg.usageOver();
  }

  @Override
  public void onRequest(Request request, ServerTransaction of) {
    String method = request.getMethod();
    if (state == State.OPEN && method.equals(Request.CANCEL)) {
      reply(of, Response.OK);
      withdrawn(SipEnd.Kind.CANCELLED, request);
    } else if (state == State.OPEN && method.equals(Request.BYE)) {
      reply(of, Response.OK);
      withdrawn(SipEnd.Kind.BYE, request);
    } else if (method.equals(Request.CANCEL) && Requests.cseq(request) == Requests.cseq(invite)) {
      reply(of, Response.OK); // It crossed our final response: no effect (RFC 3261 section 9.2).
    } else if (method.equals(Request.PRACK)) {
      early.onPrack(request, of);
    } else if (state == State.OVER) {
      reply(of, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
    } else {
      usage.onRequest(request, of);
    }
  }

  @Override
  public void fail(SipEnd end) {
    refuse(end.status());
    listener.onEnded(end);
  }

  private void reply(ServerTransaction of, int code) {
    Responses.send(of, messages.response(of.getRequest(), code, tag));
  }

  private void withdrawn(SipEnd.Kind kind, Request by) {
    SipStatus status = Reasons.heard(by, SipStatus.REQUEST_TERMINATED);
    finish(messages.response(invite, Response.REQUEST_TERMINATED, tag));
    listener.onHeaders(Requests.headers(by));
    listener.onEnded(new SipEnd(kind, status));
  }

  @Override
  public void onAck(Request ack) {
    if (state == State.ANSWERED) {
      to(State.CONFIRMED);
      confirmed(ack);
    } else if (state == State.CONFIRMED) {
      var unused = usage.onAck(ack);
    }
  }

  private void confirmed(Request ack) {
    if (endWhenConfirmed != null) {
      usage.hangUp(endWhenConfirmed);
      return;
    }
    if (usage.onAck(ack)) {
      listener.onConfirmed();
    }
  }

  @Override
  public void onAckMissing() {
    if (endWhenConfirmed != null) {
      usage.hangUp(endWhenConfirmed);
    } else if (state == State.ANSWERED) {
      usage.onFirstAckMissing();
    } else if (state == State.CONFIRMED) {
      usage.onAckMissing();
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
  public InviteUsage dialog() {
    return usage;
  }

  @Override
  public @Nullable InviteUsage confirmed() {
    return state == State.CONFIRMED ? usage : null;
  }

  @Override
  public InviteUsage speaking() {
    return usage;
  }

  @Override
  public void onResponse(Response response, @Nullable Dialog dialog) {
    usage.onResponse(response);
  }

  @Override
  public void onTimeout(ClientTransaction of) {
    usage.onTimeout(of.getRequest());
  }

  @Override
  public void abandon(SipEnd end) {
    try {
      if (state == State.OPEN) {
        refuse(end.status());
      } else {
        usage.hangUp(end.status());
      }
    } finally {
      if (state != State.OVER) {
        leg.usageOver();
      }
      listener.onEnded(end);
    }
  }

  @Override
  public void over() {
    to(State.OVER);
  }

  @Override
  public boolean isNamedBy(Replaces name) {
    FromHeader from = (FromHeader) invite.getHeader(FromHeader.NAME);
    return name.localTag().equals(tag) && name.remoteTag().equals(from.getTag());
  }

  @Override
  public void post(Runnable task) {
    leg.post(task);
  }

  @Override
  public String toString() {
    return "a call to us, " + state;
  }

  private void to(State next) {
    LOG.debug("{} {} -> {}", callId(), state, next);
    state = next;
  }
}
