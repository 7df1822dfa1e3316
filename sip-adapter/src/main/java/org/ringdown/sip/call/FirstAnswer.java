package org.ringdown.sip.call;

import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.dialog.DialogPath;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.Bodies;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transaction.Responses;
import org.ringdown.sip.transaction.Wiring;
import org.ringdown.sip.usage.InviteUsage;

/**
 * What we say of the session to an INVITE that came to us: provisional responses, acknowledged or
 * not, and the 2xx, with our description in the first of them that may carry it (RFC 3261 section
 * 13.2.1, RFC 3262 section 5). Not thread-safe: used within one leg's mailbox.
 */
final class FirstAnswer implements ReliableResponses.Owner {
  /** The role whose answer it is. */
  interface Owner {
    /** Who listens to the leg. */
    SipLeg.Listener listener();

    /** Posts to the leg's mailbox. */
    void post(Runnable task);

    /** Nothing holds the answer up any more. */
    void accept(String sdp);

    /** The caller has not done its part: it is refused, and the listener told. */
    void fail(SipEnd end);
  }

  private final ServerTransaction transaction;
  private final Request invite;
  private final String tag;
  private final DialogPath path;
  private final InviteUsage usage;
  private final SipMessages messages;
  private final ReliableResponses reliable;
  private final Owner owner;
  private DialogPolicy policy = DialogPolicy.USUAL;

  /** Our description went out in a reliable provisional response: the 200 repeats none. */
  private boolean describedEarly;

  /** What to answer with once the PRACK allows it (RFC 3262 section 3). */
  private @Nullable String waiting;

  FirstAnswer(
      ServerTransaction transaction,
      String tag,
      DialogPath path,
      InviteUsage usage,
      Wiring wiring,
      Owner owner) {
    this.transaction = transaction;
    this.invite = transaction.getRequest();
    this.tag = tag;
    this.path = path;
    this.usage = usage;
    this.messages = wiring.messages();
    this.owner = owner;
    this.reliable = new ReliableResponses(transaction, wiring, this);
  }

  /** The status that refuses a caller who does not fit a policy; 0 if it fits. Any thread. */
  int objection(DialogPolicy wanted) {
    return switch (wanted.prack()) {
      case OFF -> reliable.areRequired() ? Response.BAD_EXTENSION : 0;
      case REQUIRED -> reliable.areKnown() ? 0 : Response.EXTENSION_REQUIRED;
      case SUPPORTED -> 0;
    };
  }

  /** Which extensions to use. */
  void follow(DialogPolicy wanted) {
    policy = wanted;
  }

  /** Sends a provisional response, with our description if it may have one. */
  void provisional(int code, @Nullable String sdp) {
    boolean required = reliable.areRequired() || policy.prack() == DialogPolicy.Prack.REQUIRED;
    boolean known = reliable.areKnown() && policy.prack() != DialogPolicy.Prack.OFF;
    if (sdp != null && known) {
      describeEarly(code, sdp);
    } else if (required) {
      reliable.send(response(code, null));
    } else {
      // An offer of ours may not stand in an unreliable response (RFC 3261 section 13.2.1).
      Responses.send(transaction, response(code, hasOffer() ? sdp : null));
    }
  }

  private void describeEarly(int code, String sdp) {
    if (describedEarly) {
      reliable.send(response(code, null));
      return;
    }
    describe(sdp);
    describedEarly = true;
    reliable.send(response(code, sdp));
  }

  private boolean hasOffer() {
    return Bodies.sdp(invite) != null;
  }

  /** Our first description is about to go out: the answer, or the offer if the INVITE has none. */
  private void describe(String sdp) {
    usage.renegotiation().saidFirst(sdp);
    if (!hasOffer()) {
      usage.renegotiation().offersFirst();
    }
  }

  /** Whether the 2xx may be sent now; if not, {@link Owner#accept} says when. */
  boolean mayAnswer(String sdp) {
    boolean may = !reliable.holdUpAnswer();
    waiting = may ? null : sdp;
    return may;
  }

  /** Sends the 2xx. */
  void answer(String sdp) {
    stop();
    if (!describedEarly) {
      describe(sdp);
    }
    Response success = response(Response.OK, describedEarly ? null : sdp);
    usage.answering(invite, success);
    Responses.send(transaction, success);
  }

  private Response response(int code, @Nullable String sdp) {
    Response response = messages.response(invite, code, tag);
    path.identify(response);
    SipMessages.capabilities(response);
    SipMessages.set(response, "Supported", policy.supported());
    usage.putSaid(response);
    if (sdp != null) {
      messages.sdp(response, sdp);
    }
    return response;
  }

  /** A PRACK came, to be answered; what waited for it goes out. */
  void onPrack(Request prack, ServerTransaction of) {
    boolean answersUs = reliable.carriesSdp() && !hasOffer();
    String sdp = Bodies.sdp(prack);
    if (!reliable.onPrack(prack)) {
      reply(of, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
    } else if (answersUs) {
      onAnswer(sdp, of);
    } else if (sdp != null) {
      usage.renegotiation().onOffer(prack, of);
    } else {
      reply(of, Response.OK);
    }
    goOn();
  }

  private void reply(ServerTransaction of, int code) {
    Responses.send(of, messages.response(of.getRequest(), code, tag));
  }

  /** The PRACK of a response with our offer carries the answer (RFC 3262 section 5). */
  private void onAnswer(@Nullable String sdp, ServerTransaction of) {
    reply(of, Response.OK);
    if (sdp != null) {
      usage.renegotiation().firstOfferAnswered();
      owner.listener().onOfferAnswered(sdp);
      return;
    }
    SipStatus status = SipStatus.NOT_ACCEPTABLE_HERE.because("The PRACK carried no SDP answer.");
    owner.fail(new SipEnd(SipEnd.Kind.OFFER_UNANSWERED, status));
  }

  private void goOn() {
    reliable.sendNext();
    String due = waiting;
    if (due != null && !reliable.holdUpAnswer()) {
      waiting = null;
      owner.accept(due);
    }
  }

  @Override
  public void post(Runnable task) {
    owner.post(task);
  }

  @Override
  public void onPrackMissing() {
    SipStatus status = new SipStatus(504, Reasons.phrase(504), 102, "no PRACK came");
    owner.fail(new SipEnd(SipEnd.Kind.TIMEOUT, status));
  }

  /** A final response makes an end of provisional ones. */
  void stop() {
    reliable.stop();
  }
}
