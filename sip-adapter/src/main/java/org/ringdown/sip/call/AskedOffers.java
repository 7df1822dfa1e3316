package org.ringdown.sip.call;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import javax.sip.SipException;
import javax.sip.header.ToHeader;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.dialog.LegEvents;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.message.Bodies;
import org.ringdown.sip.message.Requests;

/**
 * The offers that an INVITE of ours asks for by having none, one of each fork: in a reliable
 * provisional response, to be answered in its PRACK, or in the 2xx, to be answered in its ACK (RFC
 * 3261 section 13.2.1, RFC 3262 section 5). The holder of the leg answers them in the order in
 * which they came. Not thread-safe: used within one leg's mailbox.
 */
final class AskedOffers {
  private final boolean asks;
  private final boolean early;
  private final LegEvents owner;
  private final Set<String> made = new HashSet<>();
  private final Queue<Waiting> waiting = new ArrayDeque<>();

  /** A response whose offer has no answer yet. */
  private record Waiting(Response response, EarlyDialogs.Early dialog) {}

  AskedOffers(OutgoingInvite invite, LegEvents owner) {
    this.asks = invite.sdp() == null;
    this.early = invite.policy().prack() != DialogPolicy.Prack.OFF;
    this.owner = owner;
  }

  /** Whether the INVITE asks for them. */
  boolean asks() {
    return asks;
  }

  /**
   * The SDP of a response that is to be heard: any where ours was the offer; else only that which
   * is an offer, and then waits. A preview in an unreliable response cannot be answered, and what a
   * phone repeats has been.
   */
  @Nullable String heard(Response response, EarlyDialogs.Early dialog) {
    String sdp = Bodies.sdp(response);
    if (!asks || sdp == null) {
      return sdp;
    }
    boolean mayOffer = isSuccess(response) || (early && ReliableResponses.isOne(response));
    if (!mayOffer || !made.add(tag(response))) {
      return null;
    }
    waiting.add(new Waiting(response, dialog));
    return sdp;
  }

  /** Whether some have no answer. */
  boolean areOpen() {
    return !waiting.isEmpty();
  }

  /** Whether what acknowledges a response has to carry an answer. */
  boolean waitsFor(Response response) {
    return waiting.stream().anyMatch(offer -> offer.response() == response);
  }

  /**
   * Answers the first that waits, if any does.
   *
   * @throws SipException if the answer cannot be sent
   */
  void answer(String sdp) throws SipException {
    Waiting next = waiting.poll();
    if (next != null) {
      next.dialog().usage().renegotiation().saidFirst(sdp);
      acknowledge(next, sdp);
    }
  }

  /**
   * Acknowledges a 2xx whose offer nobody wants to answer any more.
   *
   * @throws SipException if the ACK cannot be sent
   */
  void dropSuccess() throws SipException {
    for (Waiting offer : waiting) {
      if (isSuccess(offer.response())) {
        acknowledge(offer, null);
      }
    }
    waiting.clear();
  }

  private void acknowledge(Waiting offer, @Nullable String sdp) throws SipException {
    if (isSuccess(offer.response())) {
      offer.dialog().path().ack(Requests.cseq(offer.response()), sdp);
    } else {
      offer.dialog().path().prack(offer.response(), sdp, owner);
    }
  }

  private static boolean isSuccess(Response response) {
    return response.getStatusCode() >= 200;
  }

  private static String tag(Response response) {
    return String.valueOf(((ToHeader) response.getHeader(ToHeader.NAME)).getTag());
  }
}
