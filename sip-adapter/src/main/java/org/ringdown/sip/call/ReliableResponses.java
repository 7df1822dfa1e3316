package org.ringdown.sip.call;

import gov.nist.javax.sip.header.RAck;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import javax.sip.ServerTransaction;
import javax.sip.header.CSeqHeader;
import javax.sip.header.RAckHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.message.Bodies;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.transaction.Alarms;
import org.ringdown.sip.transaction.Responses;
import org.ringdown.sip.transaction.Wiring;

/**
 * Provisional responses to one INVITE that are repeated until their PRACK comes, one after the
 * other (RFC 3262 section 3). JAIN-SIP has the like, but repeats whatever was sent last and holds
 * its caller up while a PRACK is missing. Not thread-safe: used within one leg's mailbox.
 */
final class ReliableResponses {
  /** The leg whose responses they are. */
  interface Owner {
    /** Posts to the leg's mailbox. */
    void post(Runnable task);

    /** No PRACK came within 64*T1. */
    void onPrackMissing();
  }

  private final ServerTransaction transaction;
  private final Wiring wiring;
  private final Owner owner;
  private final Queue<Response> waiting = new ArrayDeque<>();
  private long rseq = ThreadLocalRandom.current().nextLong(1, 1L << 30);
  private @Nullable Response unacknowledged;
  private Alarms.Alarm repetition = Alarms.NONE;

  ReliableResponses(ServerTransaction transaction, Wiring wiring, Owner owner) {
    this.transaction = transaction;
    this.wiring = wiring;
    this.owner = owner;
  }

  /** Whether the caller wants every provisional response to be reliable. */
  boolean areRequired() {
    return isIn(transaction.getRequest(), "Require");
  }

  /** Whether the caller can acknowledge provisional responses. */
  boolean areKnown() {
    return areRequired() || isIn(transaction.getRequest(), "Supported");
  }

  /** Whether a provisional response wants to be acknowledged. */
  static boolean isOne(Response response) {
    return isIn(response, "Require") && !Requests.values(response, "RSeq").isEmpty();
  }

  private static boolean isIn(Message message, String header) {
    return Requests.values(message, header).stream()
        .anyMatch(SipMessages.RELIABLE::equalsIgnoreCase);
  }

  /** Sends a response as soon as those before it are acknowledged. */
  void send(Response response) {
    SipMessages.set(response, "Require", SipMessages.RELIABLE);
    waiting.add(response);
    sendNext();
  }

  /** Goes on after a PRACK. */
  void sendNext() {
    if (unacknowledged == null && !waiting.isEmpty()) {
      Response next = waiting.remove();
      SipMessages.set(next, "RSeq", Long.toString(++rseq));
      unacknowledged = next;
      transmit(next, wiring.timers().t1(), wiring.timers().giveUp());
    }
  }

  private void transmit(Response response, Duration wait, Duration left) {
    Responses.send(transaction, response);
    repetition =
        wiring.alarms().in(wait, () -> owner.post(() -> repeat(response, wait, left.minus(wait))));
  }

  private void repeat(Response response, Duration waited, Duration left) {
    if (response != unacknowledged) {
      return;
    }
    if (left.isNegative() || left.isZero()) {
      stop();
      owner.onPrackMissing();
    } else {
      transmit(response, waited.multipliedBy(2), left);
    }
  }

  /** Whether what is unacknowledged carries SDP. */
  boolean carriesSdp() {
    return unacknowledged != null && Bodies.sdp(unacknowledged) != null;
  }

  /** A response with SDP is still unacknowledged or unsent: no 2xx may be sent yet. */
  boolean holdUpAnswer() {
    return carriesSdp() || waiting.stream().anyMatch(response -> Bodies.sdp(response) != null);
  }

  /**
   * A PRACK came: whether it acknowledges what is unacknowledged. Once it is answered, {@link
   * #sendNext} is due.
   */
  boolean onPrack(Request prack) {
    RAck rack = (RAck) prack.getHeader(RAckHeader.NAME);
    CSeqHeader invite = (CSeqHeader) transaction.getRequest().getHeader(CSeqHeader.NAME);
    boolean matches =
        unacknowledged != null
            && rack != null
            && rack.getRSequenceNumber() == rseq
            && rack.getCSequenceNumber() == invite.getSeqNumber()
            && Request.INVITE.equals(rack.getMethod());
    if (matches) {
      repetition.cancel();
      unacknowledged = null;
    }
    return matches;
  }

  /** A final response makes an end of it. */
  void stop() {
    repetition.cancel();
    unacknowledged = null;
    waiting.clear();
  }
}
