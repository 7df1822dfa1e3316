package org.ringdown.sip;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * re-INVITEs in both directions (RFC 3261 section 14): one at a time, 491 where they meet, and one
 * timed retry of ours. Not thread-safe: used within one leg's mailbox.
 */
final class Renegotiation {
  private static final Logger LOG = LoggerFactory.getLogger(Renegotiation.class);

  private final DialogPath path;
  private final InviteUsage.Owner owner;
  private final Wiring wiring;
  private final boolean callIdIsOurs;

  /** The peer's re-INVITE that waits for the holder of the leg. */
  private @Nullable ServerTransaction asked;

  /** Our offer that waits for the peer. */
  private @Nullable String offering;

  private boolean retried;
  private boolean offeredInAnswer;
  private boolean closed;

  Renegotiation(DialogPath path, InviteUsage.Owner owner, Wiring wiring, boolean callIdIsOurs) {
    this.path = path;
    this.owner = owner;
    this.wiring = wiring;
    this.callIdIsOurs = callIdIsOurs;
  }

  /** A re-INVITE of the peer. */
  void onInvite(Request invite, ServerTransaction transaction) {
    if (offering != null || asked != null) {
      respond(transaction, Response.REQUEST_PENDING);
      return;
    }
    asked = transaction;
    respond(transaction, Response.TRYING);
    String sdp = Bodies.sdp(invite);
    offeredInAnswer = sdp == null;
    owner.listener().onOffer(sdp);
  }

  /** The peer took its re-INVITE back (RFC 3261 section 9.2). */
  void onCancel() {
    if (asked != null) {
      respond(asked, Response.REQUEST_TERMINATED);
      asked = null;
    }
  }

  /** Accepts the peer's re-INVITE; JAIN-SIP repeats the 200 until its ACK comes. */
  void answer(String sdp) {
    if (asked == null) {
      return;
    }
    Response response = response(asked, Response.OK);
    path.identify(response);
    wiring.messages().sdp(response, sdp);
    InviteUsage.answer(asked, response);
    asked = null;
  }

  /** Refuses the peer's re-INVITE. */
  void refuse(SipStatus status) {
    if (asked != null) {
      InviteUsage.answer(asked, wiring.messages().refusal(asked.getRequest(), status, ""));
      asked = null;
    }
  }

  /**
   * The ACK of a 2xx of ours: it carries the answer if the 2xx carried an offer.
   *
   * @return false if the answer is missing
   */
  boolean onAck(Request ack) {
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

  /** The 2xx to the first INVITE carries an offer, as that INVITE had none. */
  void offeredInFirstAnswer() {
    offeredInAnswer = true;
  }

  /** Sends a re-INVITE. */
  void offer(String sdp) {
    if (closed) {
      return;
    }
    if (offering != null || asked != null) {
      owner.listener().onOfferAnswered(null);
      return;
    }
    offering = sdp;
    retried = false;
    send(sdp);
  }

  private void send(String sdp) {
    try {
      Request invite = path.request(Request.INVITE);
      wiring.messages().sdp(invite, sdp);
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
      answered(Bodies.sdp(response));
    } else if (code == Response.REQUEST_PENDING && offering != null && !retried) {
      retried = true;
      wiring.alarms().in(glareDelay(), () -> owner.post(this::retry));
    } else {
      answered(null);
    }
  }

  private void acknowledge(Response response) {
    try {
      path.ack(Requests.cseq(response));
    } catch (SipException e) {
      LOG.debug("no ACK of a re-INVITE could be sent: {}", e.getMessage());
    }
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
    String sdp = offering;
    if (sdp == null || closed) {
      return;
    }
    if (asked != null) {
      answered(null);
    } else {
      send(sdp);
    }
  }

  private void answered(@Nullable String sdp) {
    if (offering != null) {
      offering = null;
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
    InviteUsage.answer(transaction, response(transaction, code));
  }

  private Response response(ServerTransaction transaction, int code) {
    return wiring.messages().response(transaction.getRequest(), code, "");
  }
}
