package org.ringdown.sip;

import java.util.function.Consumer;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.stack.StackLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call of ours (RFC 3261 section 13.2): everything up to the final response; what comes after is
 * {@link InviteUsage}.
 */
final class UacLeg implements SipLeg, LegEvents, InviteUsage.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(UacLeg.class);

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
  private final Wiring wiring;
  private final Mailbox mailbox;
  private final Listener listener;
  private State state = State.CALLING;
  private @Nullable InviteUsage usage;
  private @Nullable String answeredBy;
  private SipStatus endStatus = SipStatus.OK;

  UacLeg(Dial dial, Listener listener, Wiring wiring) {
    this.invite = new OutgoingInvite(dial, wiring);
    this.listener = listener;
    this.wiring = wiring;
    this.mailbox = new Mailbox(wiring.pool());
  }

  /** Sends the INVITE. */
  void start() {
    wiring.legs().add(this);
    wiring.legs().remember(invite.tag(), this);
    post(() -> invite.send(this).ifPresent(this::unreachable));
  }

  private void unreachable(String explanation) {
    fail(SipEnd.Kind.UNREACHABLE, status(503, 27, explanation));
  }

  private static SipStatus status(int code, int q850Cause, String explanation) {
    return new SipStatus(code, Reasons.phrase(code), q850Cause, explanation);
  }

  /** Over without a call; the holder hears of it unless it wanted the end itself. */
  private void fail(SipEnd.Kind kind, SipStatus status) {
    boolean wanted = state == State.ENDING;
    usageOver();
    if (!wanted) {
      listener.onEnded(new SipEnd(kind, status));
    }
  }

  @Override
  public String callId() {
    return invite.callId();
  }

  @Override
  public void ring() {
    // For the called side only.
  }

  @Override
  public void progress(String sdp) {
    // For the called side only.
  }

  @Override
  public void answer(String sdp) {
    // For the called side only.
  }

  @Override
  public void challenge() {
    // For the called side only.
  }

  @Override
  public void answerOffer(String sdp) {
    withUsage(u -> u.renegotiation().answer(sdp));
  }

  @Override
  public void refuseOffer(SipStatus status) {
    withUsage(u -> u.renegotiation().refuse(status));
  }

  @Override
  public void offer(String sdp) {
    post(
        () -> {
          if (usage != null) {
            usage.renegotiation().offer(sdp);
          } else if (state != State.OVER) {
            listener.onOfferAnswered(null);
          }
        });
  }

  @Override
  public void end(SipStatus status) {
    post(() -> endNow(status));
  }

  private void endNow(SipStatus status) {
    switch (state) {
      case CALLING -> {
        endStatus = status;
        to(State.ENDING);
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
    if (usage != null) {
      usage.hangUp(status);
    }
  }

  /** Sends the CANCEL and sets a bound to the wait for its effect (RFC 3261 section 9.1). */
  private void cancel() {
    invite.cancel(endStatus);
    wiring.alarms().in(wiring.timers().giveUp(), () -> post(this::giveUpCancel));
  }

  private void giveUpCancel() {
    if (state == State.ENDING && usage == null) {
      usageOver();
    }
  }

  @Override
  public void onResponse(Response response, @Nullable Dialog dialog) {
    post(() -> handle(response, dialog));
  }

  private void handle(Response response, @Nullable Dialog dialog) {
    int code = response.getStatusCode();
    if (!isOfFirstInvite(response)) {
      if (usage != null) {
        usage.onResponse(response);
      }
    } else if (code < 200) {
      onProvisional(response);
    } else if (code < 300) {
      onSuccess(response, dialog);
    } else if (state != State.OVER) {
      fail(SipEnd.Kind.REFUSED, Reasons.ofResponse(code, response));
    }
  }

  private static boolean isOfFirstInvite(Response response) {
    CSeqHeader cseq = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
    return cseq.getMethod().equals(Request.INVITE) && cseq.getSeqNumber() == 1;
  }

  private void onProvisional(Response response) {
    if (state == State.CALLING) {
      to(State.PROCEEDING);
    }
    if (state == State.ENDING) {
      cancel();
    } else if (state == State.PROCEEDING && response.getStatusCode() > 100) {
      listener.onProgress(response.getStatusCode(), Bodies.sdp(response));
    }
  }

  /** The first 2xx makes the call; one of another fork, or after the end, gets ACK and BYE. */
  private void onSuccess(Response response, @Nullable Dialog dialog) {
    String tag = ((ToHeader) response.getHeader(ToHeader.NAME)).getTag();
    DialogPath path = dialog == null ? null : invite.path(dialog);
    if (tag == null || path == null || dialog == null) {
      if (state != State.OVER) {
        fail(SipEnd.Kind.UNREACHABLE, status(500, 111, "the answer makes no dialog"));
      }
    } else if (answeredBy == null && state != State.OVER) {
      answeredBy = tag;
      dialog.setApplicationData(this);
      establish(response, path);
    } else if (!tag.equals(answeredBy)) {
      new StrayFork(path).drop(response);
    }
  }

  private void establish(Response response, DialogPath path) {
    try {
      path.ack(Requests.cseq(response));
    } catch (SipException e) {
      LOG.debug("{} ACK not sent: {}", callId(), StackLog.cut(e.getMessage()));
      unreachable("the answer could not be acknowledged");
      return;
    }
    usage = new InviteUsage(path, this, wiring, true);
    if (state == State.ENDING) {
      hangUp(endStatus);
    } else {
      to(State.ESTABLISHED);
      listener.onAnswered(Bodies.sdp(response));
    }
  }

  @Override
  public void onRequest(Request request, ServerTransaction of) {
    post(
        () -> {
          if (usage == null || state == State.OVER) {
            int code = Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST;
            InviteUsage.answer(of, wiring.messages().response(request, code, invite.tag()));
          } else {
            usage.onRequest(request, of);
          }
        });
  }

  @Override
  public void onAck(Request ack) {
    withUsage(
        u -> {
          var unused = u.onAck(ack);
        });
  }

  @Override
  public void onAckMissing() {
    withUsage(InviteUsage::onAckMissing);
  }

  @Override
  public void onTimeout(ClientTransaction of) {
    post(
        () -> {
          if (usage != null) {
            usage.onTimeout();
          } else if (invite.is(of) && state != State.OVER) {
            fail(SipEnd.Kind.TIMEOUT, status(408, 102, "no answer from the next hop"));
          }
        });
  }

  @Override
  public void onEarlyTooLong() {
    post(
        () -> {
          if (state == State.PROCEEDING) {
            SipStatus status = status(408, 102, "rang for too long");
            endNow(status);
            listener.onEnded(new SipEnd(SipEnd.Kind.TIMEOUT, status));
          }
        });
  }

  private void withUsage(Consumer<InviteUsage> task) {
    post(
        () -> {
          if (usage != null) {
            task.accept(usage);
          }
        });
  }

  @Override
  public Listener listener() {
    return listener;
  }

  @Override
  public LegEvents events() {
    return this;
  }

  @Override
  public void post(Runnable task) {
    mailbox.post(task);
  }

  /** Late answers of forks are looked out for until no more can come. */
  @Override
  public void usageOver() {
    to(State.OVER);
    wiring.legs().over(this);
    wiring.alarms().in(wiring.timers().giveUp(), () -> wiring.legs().forget(invite.tag()));
  }

  private void to(State next) {
    LOG.debug("{} {} -> {}", callId(), state, next);
    state = next;
  }
}
