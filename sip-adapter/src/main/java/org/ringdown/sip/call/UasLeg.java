package org.ringdown.sip.call;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.header.FromHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.challenge.Authentication;
import org.ringdown.sip.dialog.DialogLeg;
import org.ringdown.sip.dialog.DialogOwner;
import org.ringdown.sip.dialog.DialogPath;
import org.ringdown.sip.dialog.InviteFacts;
import org.ringdown.sip.dialog.LegEvents;
import org.ringdown.sip.dialog.OpenLegs;
import org.ringdown.sip.dialog.Replaces;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.leg.Invite;
import org.ringdown.sip.leg.ReferProgress;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.Bodies;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.message.Uris;
import org.ringdown.sip.transaction.Mailbox;
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
final class UasLeg implements DialogLeg, LegEvents, DialogOwner, ReliableResponses.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(UasLeg.class);

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
  private final OpenLegs legs;
  private final SipMessages messages;
  private final Mailbox mailbox;
  private final String tag;
  private final InviteUsage usage;
  private final FirstAnswer early;
  private State state = State.OPEN;
  private Authentication authentication = new Authentication.None();
  private volatile Listener listener = Listener.NONE;

  /** Why to send BYE as soon as the ACK allows it (RFC 3261 section 15). */
  private @Nullable SipStatus endWhenConfirmed;

  UasLeg(ServerTransaction transaction, LocalPoint local, Wiring wiring, OpenLegs legs) {
    this.legs = legs;
    this.transaction = transaction;
    this.invite = transaction.getRequest();
    this.wiring = wiring;
    this.messages = wiring.messages();
    this.mailbox = wiring.mailbox(local.transport());
    this.tag = messages.token();
    this.path =
        new DialogPath(
            transaction.getDialog(),
            local,
            PacketSource.of(invite).orTcpIfLarge(),
            new DialogPath.Contact(
                Uris.user(invite.getRequestURI()), Uris.isSecure(invite.getRequestURI())),
            wiring);
    this.usage = new InviteUsage(path, this, wiring, false);
    usage.renegotiation().owesFirstAnswer();
    this.early = new FirstAnswer(transaction, tag, path, usage, wiring, this);
  }

  /** Announces the call to the handler. */
  void start(BiFunction<Invite, SipLeg, Listener> handler) {
    legs.add(this);
    transaction.setApplicationData(this);
    transaction.getDialog().setApplicationData(this);
    post(() -> announce(handler));
  }

  private void announce(BiFunction<Invite, SipLeg, Listener> handler) {
    authentication = wiring.authentication().check(invite);
    listener = handler.apply(InviteFacts.of(invite, authentication, legs.replacing(invite)), this);
  }

  @Override
  public String callId() {
    return Requests.callId(invite);
  }

  @Override
  public boolean follow(DialogPolicy wanted) {
    int refusal = early.objection(wanted);
    post(
        () -> {
          early.follow(wanted);
          usage.timer().follow(wanted.timer());
          if (refusal > 0 && state == State.OPEN) {
            Response response = messages.response(invite, refusal, tag);
            String header = refusal == Response.BAD_EXTENSION ? "Unsupported" : "Require";
            SipMessages.set(response, header, SipMessages.RELIABLE);
            finish(response);
          }
        });
    return refusal == 0;
  }

  @Override
  public void say(ImmutableMap<String, String> headers) {
    post(() -> usage.say(headers));
  }

  @Override
  public void ring() {
    post(() -> provisional(Response.RINGING, null));
  }

  @Override
  public void progress(String sdp) {
    post(() -> provisional(Response.SESSION_PROGRESS, sdp));
  }

  private void provisional(int code, @Nullable String sdp) {
    if (state == State.OPEN) {
      early.provisional(code, sdp);
    }
  }

  @Override
  public void answer(String sdp) {
    post(
        () -> {
          if (state == State.OPEN && early.mayAnswer(sdp)) {
            accept(sdp);
          }
        });
  }

  private void accept(String sdp) {
    to(State.ANSWERED);
    early.answer(sdp);
  }

  @Override
  public void challenge() {
    post(
        () -> {
          if (state == State.OPEN) {
            Response response = messages.response(invite, Response.UNAUTHORIZED, tag);
            wiring.authentication().challenge(response, invite, authentication);
            finish(response);
          }
        });
  }

  @Override
  public void answerOffer(String sdp) {
    post(() -> usage.renegotiation().answer(sdp));
  }

  @Override
  public void refuseOffer(SipStatus status) {
    post(() -> usage.renegotiation().refuse(status));
  }

  @Override
  public void offer(String sdp) {
    post(
        () -> {
          if (state == State.CONFIRMED) {
            usage.renegotiation().offer(sdp);
          } else if (state != State.OVER) {
            listener.onOfferAnswered(null);
          }
        });
  }

  @Override
  public void digits(String digits, int durationMs, int gapMs) {
    post(
        () -> {
          if (state == State.CONFIRMED) {
            usage.sendDigits(digits, durationMs, gapMs);
          }
        });
  }

  @Override
  public void askPicture() {
    post(usage::askPicture);
  }

  @Override
  public void refer(String referTo, boolean onlyIfAllowed, ReferProgress progress) {
    post(() -> usage.refer(referTo, onlyIfAllowed, progress));
  }

  @Override
  public void referTo(Consumer<Optional<String>> known) {
    post(() -> known.accept(usage.referTo()));
  }

  @Override
  public void end(SipStatus status) {
    post(
        () -> {
          switch (state) {
            case OPEN -> refuse(status);
            case ANSWERED -> {
              endWhenConfirmed = status;
              usage.silence();
            }
            case CONFIRMED -> usage.hangUp(status);
            case OVER -> {}
          }
        });
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
    usageOver();
  }

  @Override
  public void onRequest(Request request, ServerTransaction of) {
    post(() -> handle(request, of));
  }

  private void handle(Request request, ServerTransaction of) {
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
      onPrack(request, of);
    } else if (state == State.OVER) {
      reply(of, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
    } else {
      usage.onRequest(request, of);
    }
  }

  private void onPrack(Request prack, ServerTransaction of) {
    boolean answersUs = early.awaitsAnswer();
    String sdp = Bodies.sdp(prack);
    if (!early.isAcknowledgedBy(prack)) {
      reply(of, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
    } else if (answersUs) {
      onEarlyAnswer(sdp, of);
    } else if (sdp != null) {
      usage.renegotiation().onOffer(prack, of);
    } else {
      reply(of, Response.OK);
    }
    String answer = early.goOn();
    if (answer != null && state == State.OPEN) {
      accept(answer);
    }
  }

  /** The PRACK of a response with our offer carries the answer (RFC 3262 section 5). */
  private void onEarlyAnswer(@Nullable String sdp, ServerTransaction of) {
    reply(of, Response.OK);
    if (sdp != null) {
      usage.renegotiation().firstOfferAnswered();
      listener.onOfferAnswered(sdp);
      return;
    }
    SipStatus status = SipStatus.NOT_ACCEPTABLE_HERE.because("The PRACK carried no SDP answer.");
    refuse(status);
    listener.onEnded(new SipEnd(SipEnd.Kind.OFFER_UNANSWERED, status));
  }

  @Override
  public void onPrackMissing() {
    SipStatus status = new SipStatus(504, Reasons.phrase(504), 102, "no PRACK came");
    refuse(status);
    listener.onEnded(new SipEnd(SipEnd.Kind.TIMEOUT, status));
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
    post(
        () -> {
          if (state == State.ANSWERED) {
            to(State.CONFIRMED);
            confirmed(ack);
          } else if (state == State.CONFIRMED) {
            var unused = usage.onAck(ack);
          }
        });
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
    post(
        () -> {
          if (endWhenConfirmed != null) {
            usage.hangUp(endWhenConfirmed);
          } else if (state == State.ANSWERED) {
            usage.onFirstAckMissing();
          } else if (state == State.CONFIRMED) {
            usage.onAckMissing();
          }
        });
  }

  @Override
  public void onResponse(Response response, @Nullable Dialog dialog) {
    post(() -> usage.onResponse(response));
  }

  @Override
  public void onTimeout(ClientTransaction of) {
    post(() -> usage.onTimeout(of.getRequest()));
  }

  @Override
  public void onEarlyTooLong() {
    // Only our own INVITEs are timed so; how long a caller waits is for the holder to say.
  }

  @Override
  public Listener listener() {
    return listener;
  }

  @Override
  public boolean isNamedBy(Replaces name) {
    FromHeader from = (FromHeader) invite.getHeader(FromHeader.NAME);
    return name.localTag().equals(tag) && name.remoteTag().equals(from.getTag());
  }

  @Override
  public OpenLegs legs() {
    return legs;
  }

  @Override
  public LegEvents events() {
    return this;
  }

  @Override
  public void post(Runnable task) {
    mailbox.post(task, this::failed);
  }

  /** A fault of ours or of JAIN-SIP's costs this call, and leaves nothing of it behind. */
  private void failed(Throwable fault) {
    LOG.error("a call to us failed in state {}", state, fault);
    if (state == State.OVER) {
      return;
    }
    SipStatus status = new SipStatus(500, Reasons.phrase(500), 41, "");
    try {
      if (state == State.OPEN) {
        refuse(status);
      } else {
        usage.hangUp(status);
      }
    } finally {
      if (state != State.OVER) {
        usageOver();
      }
      listener.onEnded(new SipEnd(SipEnd.Kind.UNREACHABLE, status));
    }
  }

  @Override
  public void usageOver() {
    to(State.OVER);
    legs.over(this);
  }

  private void to(State next) {
    LOG.debug("{} {} -> {}", callId(), state, next);
    state = next;
  }
}
