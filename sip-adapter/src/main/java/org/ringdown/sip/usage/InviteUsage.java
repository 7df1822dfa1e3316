package org.ringdown.sip.usage;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import javax.sip.ServerTransaction;
import javax.sip.header.CSeqHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.ringdown.sip.dialog.DialogOwner;
import org.ringdown.sip.dialog.DialogPath;
import org.ringdown.sip.leg.ReferProgress;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.message.Bodies;
import org.ringdown.sip.message.DtmfInfo;
import org.ringdown.sip.message.PictureRequest;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.refer.OutgoingRefers;
import org.ringdown.sip.refer.Referrals;
import org.ringdown.sip.transaction.Responses;
import org.ringdown.sip.transaction.Wiring;
import org.ringdown.sip.transport.PacketSource;

/**
 * What both roles do once their dialog stands (the invite usage of RFC 5057): BYE in both
 * directions, offers by {@link Renegotiation}, UPDATE, the session timer, digits by INFO. Not
 * thread-safe: used within one leg's mailbox.
 */
public final class InviteUsage implements SessionTimer.Session {
  private final DialogPath path;
  private final DialogOwner owner;
  private final SipMessages messages;
  private final SessionTimer timer;
  private final Renegotiation renegotiation;
  private final RefreshByUpdate update;
  private final DigitsByInfo digits;
  private final PicturesByInfo pictures;
  private final Referrals referrals;
  private final OutgoingRefers refers;
  private final UsageEnd end;
  private boolean established;

  /** Of the dialog with this path; who made the Call-ID waits longer where requests meet. */
  public InviteUsage(DialogPath path, DialogOwner owner, Wiring wiring, boolean callIdIsOurs) {
    this.path = path;
    this.owner = owner;
    this.messages = wiring.messages();
    this.timer = new SessionTimer(this, wiring, owner);
    this.referrals = new Referrals(path, owner, wiring);
    this.refers = new OutgoingRefers(path, owner, wiring);
    this.renegotiation = new Renegotiation(path, owner, wiring, timer, callIdIsOurs);
    this.update = new RefreshByUpdate(path, owner, wiring, timer);
    this.digits = new DigitsByInfo(path, owner, wiring);
    this.pictures = new PicturesByInfo(path, owner, wiring);
    this.end = new UsageEnd(path, owner, this::endParts);
  }

  /** Its session timer. */
  public SessionTimer timer() {
    return timer;
  }

  /** Its offers and answers. */
  public Renegotiation renegotiation() {
    return renegotiation;
  }

  /** Sends digits by INFO. */
  public void sendDigits(String pressed, int durationMs, int gapMs) {
    if (end.isOpen()) {
      digits.add(pressed, durationMs, gapMs);
    }
  }

  /** Asks for a whole picture by INFO. */
  public void askPicture() {
    if (established && end.isOpen()) {
      pictures.ask();
    }
  }

  /** Header fields for the next message that is about the call as a whole. */
  public void say(ImmutableMap<String, String> headers) {
    end.say(headers);
  }

  /** Puts into a message what was to be said with it. */
  public void putSaid(Message message) {
    end.putSaid(message);
  }

  /** Asks the peer to call somebody else. */
  public void refer(String referTo, boolean onlyIfAllowed, ReferProgress progress) {
    if (established && end.isOpen()) {
      refers.send(referTo, onlyIfAllowed, progress);
    } else {
      refuseToRefer(progress);
    }
  }

  /** There is no dialog in which a peer could be asked. */
  public static void refuseToRefer(ReferProgress progress) {
    int code = Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST;
    progress.onRefused(new SipStatus(code, Reasons.phrase(code), 0, "the dialog does not stand"));
  }

  /** By which URI somebody can be sent to take this dialog's place. */
  public Optional<String> referTo() {
    return established && end.isOpen() ? path.referTo() : Optional.empty();
  }

  /** What a message of the peer says it can do. */
  private void learn(Message message) {
    update.learn(message);
    refers.learn(Requests.values(message, "Allow"));
  }

  /** We answer the peer's INVITE with this 2xx: from now on a session timer may run. */
  public void answering(Request invite, Response success) {
    established = true;
    learn(invite);
    timer.accept(invite, success);
  }

  /** The peer has answered our INVITE: from now on a session timer may run. */
  public void answered(Response success) {
    established = true;
    renegotiation.firstOfferAnswered();
    learn(success);
    timer.agreed(success);
  }

  /** Ends the dialog with a BYE because the holder of the leg wants it: it is told nothing more. */
  public void hangUp(SipStatus status) {
    end.silence();
    end.bye(status);
  }

  /** The holder of the leg wants to hear nothing more. */
  public void silence() {
    end.silence();
  }

  /** A request within the dialog, to be answered. */
  public void onRequest(Request request, ServerTransaction transaction) {
    path.heardFrom(PacketSource.of(request));
    learn(request);
    switch (request.getMethod()) {
      case Request.BYE -> onBye(request, transaction);
      case Request.INVITE -> onInvite(request, transaction);
      case Request.UPDATE -> onUpdate(request, transaction);
      case Request.INFO -> onInfo(request, transaction);
      case Request.REFER -> onRefer(request, transaction);
      case Request.NOTIFY -> refers.onNotify(request, transaction);
      case Request.CANCEL -> {
        reply(request, transaction, Response.OK);
        renegotiation.onCancel();
      }
      case Request.OPTIONS -> {
        Response response = messages.response(request, Response.OK, "");
        SipMessages.capabilities(response);
        Responses.send(transaction, response);
      }
      default -> reply(request, transaction, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
    }
  }

  private void onBye(Request bye, ServerTransaction transaction) {
    reply(bye, transaction, Response.OK);
    if (!end.isSilent()) {
      owner.listener().onHeaders(Requests.headers(bye));
    }
    refers.peerLeft();
    end.ended(SipEnd.Kind.BYE, Reasons.heard(bye, SipStatus.OK));
  }

  private void onInvite(Request invite, ServerTransaction transaction) {
    if (!end.isOpen()) {
      reply(invite, transaction, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
    } else {
      renegotiation.onOffer(invite, transaction);
    }
  }

  /** RFC 3311 section 5.2. Without an offer it refreshes the session and its target. */
  private void onUpdate(Request update, ServerTransaction transaction) {
    if (!end.isOpen()) {
      reply(update, transaction, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
    } else if (Bodies.sdp(update) != null) {
      renegotiation.onOffer(update, transaction);
    } else {
      this.update.onRefresh(update, transaction, established);
    }
  }

  private void onRefer(Request refer, ServerTransaction transaction) {
    if (established && !end.isByeSent() && !end.isSilent()) {
      referrals.onRefer(refer, transaction);
    } else {
      reply(refer, transaction, Response.REQUEST_PENDING);
    }
  }

  private void onInfo(Request info, ServerTransaction transaction) {
    if (PictureRequest.isControl(info)) {
      reply(info, transaction, Response.OK);
      if (PictureRequest.in(info) && !end.isSilent() && !end.isOver()) {
        owner.listener().onPictureAsked();
      }
      return;
    }
    DtmfInfo digit = digits.onInfo(info, transaction);
    if (digit != null && !end.isSilent() && !end.isOver()) {
      owner.listener().onDigit(digit.digit(), digit.durationMs());
    }
  }

  /** An ACK came; false if the call cannot go on after it. */
  public boolean onAck(Request ack) {
    if (renegotiation.onAck(ack)) {
      return true;
    }
    SipStatus status = SipStatus.NOT_ACCEPTABLE_HERE.because("The ACK carried no SDP answer.");
    end.bye(SipEnd.Kind.OFFER_UNANSWERED, status);
    return false;
  }

  /** No ACK of the 2xx that began the call. */
  public void onFirstAckMissing() {
    end.gone("no ACK came");
  }

  /**
   * No ACK of a later 2xx. JAIN-SIP also says so of the first one if its ACK came while JAIN-SIP
   * was still sending it.
   */
  public void onAckMissing() {
    if (renegotiation.isAckOwed()) {
      end.gone("no ACK came");
    }
  }

  /** A response to a request of ours within the dialog. */
  public void onResponse(Response response) {
    String method = ((CSeqHeader) response.getHeader(CSeqHeader.NAME)).getMethod();
    int code = response.getStatusCode();
    if (code < 200 || method.equals(Request.PRACK) || method.equals(Request.NOTIFY)) {
      return; // Neither ends the call; a PRACK's receiver shows by what it does next that it came.
    }
    if (method.equals(Request.BYE)) {
      end.finish();
    } else if (method.equals(Request.REFER)) {
      refers.onResponse(response);
    } else if (code == Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST) {
      end.ended(SipEnd.Kind.REFUSED, Reasons.ofResponse(code, response));
    } else if (code == Response.REQUEST_TIMEOUT) {
      end.gone("the peer does not answer");
    } else if (method.equals(Request.INFO)) {
      if (!pictures.answered(response)) {
        digits.answered();
      }
    } else if (method.equals(Request.UPDATE)) {
      onUpdateAnswered(update.onResponse(response));
    } else {
      renegotiation.onResponse(response);
    }
  }

  private void onUpdateAnswered(RefreshByUpdate.Result result) {
    switch (result) {
      case LATER -> renegotiation.afterGlare(this::refresh);
      case REFUSED -> renegotiation.refresh();
      case DONE -> {}
    }
  }

  /** A request of ours got no final response. */
  public void onTimeout(Request request) {
    String method = request.getMethod();
    if (method.equals(Request.PRACK) || method.equals(Request.NOTIFY)) {
      return;
    }
    if (method.equals(Request.REFER)) {
      refers.onTimeout(request);
    } else if (end.isByeSent()) {
      end.finish();
    } else {
      end.gone("the peer does not answer");
    }
  }

  @Override
  public void refresh() {
    if (end.isOpen() && !update.send()) {
      renegotiation.refresh();
    }
  }

  @Override
  public void expired() {
    if (end.isOpen()) {
      end.gone("the session was not refreshed");
    }
  }

  private void endParts() {
    timer.close();
    renegotiation.close();
    digits.close();
    referrals.end();
    refers.end();
  }

  private void reply(Request request, ServerTransaction transaction, int code) {
    Responses.send(transaction, messages.response(request, code, ""));
  }
}
