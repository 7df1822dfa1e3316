package org.ringdown.sip;

import gov.nist.javax.sip.message.SIPRequest;
import java.text.ParseException;
import java.util.Optional;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
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

  private final Dial dial;
  private final Destination destination;
  private final Wiring wiring;
  private final SipMessages messages;
  private final Mailbox mailbox;
  private final Listener listener;
  private final SipMessages.Party party;
  private State state = State.CALLING;
  private @Nullable Outgoing invite;
  private @Nullable InviteUsage usage;
  private @Nullable String answeredBy;
  private SipStatus endStatus = SipStatus.OK;
  private boolean cancelSent;

  /** The INVITE on its way. */
  private record Outgoing(ClientTransaction transaction, LocalPoint local) {}

  UacLeg(Dial dial, Listener listener, Wiring wiring) {
    this.dial = dial;
    this.destination = new Destination(dial.hop(), dial.transport());
    this.listener = listener;
    this.wiring = wiring;
    this.messages = wiring.messages();
    this.mailbox = new Mailbox(wiring.pool());
    this.party =
        new SipMessages.Party(dial.from(), messages.token(), messages.token() + messages.token());
  }

  /** Sends the INVITE. */
  void start() {
    wiring.legs().add(this);
    wiring.legs().remember(party.tag(), this);
    post(this::invite);
  }

  private void invite() {
    if (state != State.CALLING) {
      over();
      return;
    }
    Optional<LocalPoint> local = wiring.points().towards(destination);
    if (local.isEmpty()) {
      unreachable("no listening socket for this transport and address family");
      return;
    }
    try {
      send(request(local.get()), local.get());
    } catch (ParseException e) {
      unreachable("a URI of this call is malformed");
    } catch (SipException e) {
      LOG.debug("{} INVITE not sent: {}", callId(), StackLog.cut(e.getMessage()));
      unreachable("no connection to the next hop");
    }
  }

  private Request request(LocalPoint local) throws ParseException {
    Request request = messages.request(Request.INVITE, dial.requestUri(), party, dial.to());
    messages.signed(request);
    messages.contact(request, local.contactUri(userOf(dial.from())));
    messages.sdp(request, dial.sdp());
    AdditionalHeaders.put(request, dial.headers());
    return request;
  }

  private void send(Request request, LocalPoint local) throws SipException {
    ((SIPRequest) request).setApplicationData(destination.hop());
    ClientTransaction transaction = local.provider().getNewClientTransaction(request);
    transaction.setRetransmitTimer(wiring.timers().t1Ms());
    transaction.setApplicationData(this);
    transaction.getDialog().setApplicationData(this);
    invite = new Outgoing(transaction, local);
    transaction.sendRequest();
  }

  private void unreachable(String explanation) {
    fail(SipEnd.Kind.UNREACHABLE, new SipStatus(503, Reasons.phrase(503), 27, explanation));
  }

  private void fail(SipEnd.Kind kind, SipStatus status) {
    boolean wanted = state != State.ENDING;
    over();
    if (wanted) {
      listener.onEnded(new SipEnd(kind, status));
    }
  }

  @Override
  public String callId() {
    return party.callId();
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
    post(
        () -> {
          if (usage != null) {
            usage.renegotiation().answer(sdp);
          }
        });
  }

  @Override
  public void refuseOffer(SipStatus status) {
    post(
        () -> {
          if (usage != null) {
            usage.renegotiation().refuse(status);
          }
        });
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
    post(
        () -> {
          endStatus = status;
          switch (state) {
            case CALLING -> to(State.ENDING);
            case PROCEEDING -> {
              to(State.ENDING);
              cancel();
            }
            case ESTABLISHED -> hangUp();
            case ENDING, OVER -> {}
          }
        });
  }

  private void hangUp() {
    if (usage != null) {
      usage.hangUp(endStatus);
    }
  }

  /** Sends the CANCEL and sets a bound to the wait for its effect (RFC 3261 section 9.1). */
  private void cancel() {
    if (cancelSent || invite == null) {
      return;
    }
    cancelSent = true;
    try {
      Request cancel = invite.transaction().createCancel();
      SipMessages.setIfAny(cancel, "Reason", Reasons.cancelValue(endStatus));
      ((SIPRequest) cancel).setApplicationData(destination.hop());
      ClientTransaction of = invite.local().provider().getNewClientTransaction(cancel);
      of.setRetransmitTimer(wiring.timers().t1Ms());
      of.sendRequest();
    } catch (SipException e) {
      LOG.debug("{} CANCEL not sent: {}", callId(), StackLog.cut(e.getMessage()));
    }
    wiring.alarms().in(wiring.timers().giveUp(), () -> post(this::giveUpCancel));
  }

  private void giveUpCancel() {
    if (state == State.ENDING && usage == null) {
      over();
    }
  }

  @Override
  public void onResponse(Response response, @Nullable Dialog dialog) {
    post(() -> handle(response, dialog));
  }

  private void handle(Response response, @Nullable Dialog dialog) {
    boolean first = isOfFirstInvite(response);
    if (!first && usage != null) {
      usage.onResponse(response);
    } else if (first && response.getStatusCode() < 200) {
      onProvisional(response);
    } else if (first && response.getStatusCode() < 300) {
      onSuccess(response, dialog);
    } else if (first) {
      fail(SipEnd.Kind.REFUSED, Reasons.ofResponse(response.getStatusCode(), response));
    }
  }

  private boolean isOfFirstInvite(Response response) {
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

  /** The first 2xx makes the call; a repeated one gets its ACK again, one of a fork ACK and BYE. */
  private void onSuccess(Response response, @Nullable Dialog dialog) {
    String tag = ((ToHeader) response.getHeader(ToHeader.NAME)).getTag();
    if (tag == null || dialog == null || invite == null) {
      fail(SipEnd.Kind.UNREACHABLE, new SipStatus(500, Reasons.phrase(500), 111, "bad answer"));
    } else if (answeredBy == null && state != State.OVER) {
      answeredBy = tag;
      establish(response, dialog, invite.local());
    } else if (!tag.equals(answeredBy)) {
      new StrayFork(new DialogPath(dialog, invite.local(), destination, wiring)).drop(response);
    }
  }

  private void establish(Response response, Dialog dialog, LocalPoint local) {
    dialog.setApplicationData(this);
    DialogPath path = new DialogPath(dialog, local, destination, wiring);
    try {
      path.ack(Requests.cseq(response));
    } catch (SipException e) {
      LOG.debug("{} ACK not sent: {}", callId(), StackLog.cut(e.getMessage()));
      unreachable("the answer could not be acknowledged");
      return;
    }
    usage = new InviteUsage(path, this, wiring, true);
    if (state == State.ENDING) {
      hangUp();
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
            InviteUsage.answer(of, messages.response(request, code, party.tag()));
          } else {
            usage.onRequest(request, of);
          }
        });
  }

  @Override
  public void onAck(Request ack) {
    post(
        () -> {
          if (usage != null) {
            usage.onAck(ack);
          }
        });
  }

  @Override
  public void onAckMissing() {
    post(
        () -> {
          if (usage != null) {
            usage.onAckMissing();
          }
        });
  }

  @Override
  public void onTimeout(ClientTransaction of) {
    post(
        () -> {
          if (usage != null) {
            usage.onTimeout(of);
          } else if (invite != null && of == invite.transaction() && state != State.OVER) {
            String explanation = "no answer from the next hop";
            fail(SipEnd.Kind.TIMEOUT, new SipStatus(408, Reasons.phrase(408), 102, explanation));
          }
        });
  }

  @Override
  public void onEarlyTooLong() {
    post(
        () -> {
          if (state == State.PROCEEDING) {
            endStatus = new SipStatus(408, Reasons.phrase(408), 102, "rang for too long");
            to(State.ENDING);
            cancel();
            listener.onEnded(new SipEnd(SipEnd.Kind.TIMEOUT, endStatus));
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

  @Override
  public void usageOver() {
    over();
  }

  /** Late answers of forks are looked out for until no more can come. */
  private void over() {
    to(State.OVER);
    wiring.legs().over(this);
    wiring.alarms().in(wiring.timers().giveUp(), () -> wiring.legs().forget(party.tag()));
  }

  private void to(State next) {
    LOG.debug("{} {} -> {}", callId(), state, next);
    state = next;
  }

  private static String userOf(NameAddress name) {
    int at = name.uri().indexOf('@');
    int scheme = name.uri().indexOf(':');
    return at > scheme ? Uris.unescape(name.uri().substring(scheme + 1, at)) : "";
  }
}
