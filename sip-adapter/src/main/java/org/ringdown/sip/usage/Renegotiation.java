package org.ringdown.sip.usage;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.dialog.DialogOwner;
import org.ringdown.sip.dialog.DialogPath;
import org.ringdown.sip.message.Bodies;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transaction.Responses;
import org.ringdown.sip.transaction.SipTimers;
import org.ringdown.sip.transaction.Wiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers in the middle of a call, in both directions: by re-INVITE (RFC 3261 section 14), theirs
 * also by UPDATE (RFC 3311) and PRACK (RFC 3262). One at a time, 491 where they meet, and one timed
 * retry of ours. Not thread-safe: used within one leg's mailbox.
 */
public final class Renegotiation {
  private static final Logger LOG = LoggerFactory.getLogger(Renegotiation.class);

  private final DialogPath path;
  private final DialogOwner owner;
  private final Wiring wiring;
  private final SessionTimer timer;
  private final boolean callIdIsOurs;

  /** The peer's re-INVITE or UPDATE that waits for the holder of the leg. */
  private @Nullable ServerTransaction asked;

  /** Our offer that waits for the peer. */
  private @Nullable Offering offering;

  /** What we said last, to be said again for a refresh. */
  private @Nullable String said;

  private boolean firstAnswerOwed;
  private boolean retried;
  private boolean offeredInAnswer;
  private boolean ackOwed;
  private boolean closed;

  /** Something new, or what was said already, so that the session goes on (RFC 4028). */
  private record Offering(String sdp, boolean isRefresh) {}

  Renegotiation(
      DialogPath path, DialogOwner owner, Wiring wiring, SessionTimer timer, boolean callIdIsOurs) {
    this.timer = timer;
    this.path = path;
    this.owner = owner;
    this.wiring = wiring;
    this.callIdIsOurs = callIdIsOurs;
  }

  /** A re-INVITE of the peer, or an UPDATE or PRACK with an offer. */
  public void onOffer(Request request, ServerTransaction transaction) {
    if (asked != null || firstAnswerOwed) {
      Responses.send(transaction, wiring.messages().stillBusy(request));
      return;
    }
    if (offering != null || offeredInAnswer) {
      respond(transaction, Response.REQUEST_PENDING);
      return;
    }
    asked = transaction;
    String sdp = Bodies.sdp(request);
    if (request.getMethod().equals(Request.INVITE)) {
      respond(transaction, Response.TRYING);
      offeredInAnswer = sdp == null;
    }
    owner.listener().onOffer(sdp);
  }

  /** The peer took its re-INVITE back (RFC 3261 section 9.2). */
  void onCancel() {
    if (asked != null) {
      respond(asked, Response.REQUEST_TERMINATED);
      offeredInAnswer = false;
      asked = null;
    }
  }

  /** Accepts what the peer asked; JAIN-SIP repeats the 200 until its ACK comes. */
  public void answer(String sdp) {
    if (asked == null) {
      return;
    }
    Response response = response(asked, Response.OK);
    path.identify(response);
    SipMessages.capabilities(response);
    ackOwed |= asked.getRequest().getMethod().equals(Request.INVITE);
    if (!asked.getRequest().getMethod().equals(Request.PRACK)) {
      timer.accept(asked.getRequest(), response);
    }
    wiring.messages().sdp(response, sdp);
    Responses.send(asked, response);
    said = sdp;
    asked = null;
  }

  /** Refuses what the peer asked. */
  public void refuse(SipStatus status) {
    if (asked != null) {
      offeredInAnswer = false;
      Responses.send(asked, wiring.messages().refusal(asked.getRequest(), status, ""));
      asked = null;
    }
  }

  /**
   * The ACK of a 2xx of ours: it carries the answer if the 2xx carried an offer.
   *
   * @return false if the answer is missing
   */
  boolean onAck(Request ack) {
    ackOwed = false;
    if (!offeredInAnswer || asked != null) {
      return true;
    }
    offeredInAnswer = false;
    String sdp = Bodies.sdp(ack);
    if (sdp != null) {
      owner.listener().onOfferAnswered(sdp);
    }
    return sdp != null;
  }

  /** Whether the peer has not acknowledged our 2xx to its last re-INVITE. */
  boolean isAckOwed() {
    return ackOwed;
  }

  /** The first INVITE carries an offer that we have not answered yet. */
  public void owesFirstAnswer() {
    firstAnswerOwed = true;
  }

  /** What the first INVITE or its answer says from our side. */
  public void saidFirst(String sdp) {
    said = sdp;
    firstAnswerOwed = false;
  }

  /** The first offer is ours, in our INVITE or our answer to one without, and waits. */
  public void offersFirst() {
    offeredInAnswer = true;
  }

  /** The first offer of ours has its answer. */
  public void firstOfferAnswered() {
    offeredInAnswer = false;
  }

  /** Sends a re-INVITE. */
  public void offer(String sdp) {
    if (closed) {
      return;
    }
    if (offering != null || asked != null) {
      owner.listener().onOfferAnswered(null);
      return;
    }
    begin(new Offering(sdp, false));
  }

  /** Sends a re-INVITE that changes nothing, unless one is under way, which serves as well. */
  void refresh() {
    if (!closed && offering == null && asked == null && said != null) {
      begin(new Offering(said, true));
    }
  }

  private void begin(Offering next) {
    offering = next;
    retried = false;
    send(next);
  }

  private void send(Offering next) {
    try {
      Request invite = path.request(Request.INVITE);
      timer.ask(invite);
      wiring.messages().sdp(invite, next.sdp());
      path.send(invite, owner.events());
    } catch (SipException e) {
      LOG.debug("no re-INVITE could be sent: {}", e.getMessage());
      answered(null);
    }
  }

  /** A final response to our re-INVITE. */
  void onResponse(Response response) {
    int code = response.getStatusCode();
    if (code < 300) {
      acknowledge(response);
      timer.agreed(response);
      answered(Bodies.sdp(response));
    } else if (code == Reasons.SESSION_INTERVAL_TOO_SMALL && timer.mayTryAgain(response)) {
      retry();
    } else if (code == Response.REQUEST_PENDING && offering != null && !retried) {
      retried = true;
      afterGlare(this::retry);
    } else {
      answered(null);
    }
  }

  private void acknowledge(Response response) {
    try {
      path.ack(Requests.cseq(response), null);
    } catch (SipException e) {
      LOG.debug("no ACK of a re-INVITE could be sent: {}", e.getMessage());
    }
  }

  /** Does something when a request that meets ours must be through. */
  void afterGlare(Runnable task) {
    wiring.alarms().in(glareDelay(), () -> owner.post(task));
  }

  /**
   * RFC 3261 section 14.1: who made the Call-ID waits longer, so that the two do not meet again.
   */
  private Duration glareDelay() {
    int steps = ThreadLocalRandom.current().nextInt(callIdIsOurs ? 190 : 200);
    long ms = (callIdIsOurs ? 2100 : 0) + 10L * steps;
    return Duration.ofMillis(ms * wiring.timers().t1Ms() / SipTimers.STANDARD.t1Ms());
  }

  private void retry() {
    Offering again = offering;
    if (again == null || closed) {
      return;
    }
    if (asked != null) {
      answered(null);
    } else {
      send(again);
    }
  }

  private void answered(@Nullable String sdp) {
    Offering done = offering;
    offering = null;
    if (done != null && sdp != null) {
      said = done.sdp();
    }
    if (done != null && (sdp != null || !done.isRefresh())) {
      owner.listener().onOfferAnswered(sdp);
    }
  }

  /** The dialog is over: a re-INVITE still unanswered gets its final response. */
  void close() {
    closed = true;
    offering = null;
    onCancel();
  }

  private void respond(ServerTransaction transaction, int code) {
    Responses.send(transaction, response(transaction, code));
  }

  private Response response(ServerTransaction transaction, int code) {
    return wiring.messages().response(transaction.getRequest(), code, "");
  }
}
