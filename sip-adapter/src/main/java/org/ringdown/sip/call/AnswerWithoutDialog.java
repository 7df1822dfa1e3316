package org.ringdown.sip.call;

import com.google.common.collect.Lists;
import gov.nist.javax.sip.ListeningPointImpl;
import gov.nist.javax.sip.Utils;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.MessageChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.text.ParseException;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.SipException;
import javax.sip.address.Hop;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.ringdown.sip.log.StackLog;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transport.Hops;
import org.ringdown.sip.transport.LocalPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A 2xx to our INVITE that makes no dialog, because it has no usable Contact or no To tag. Whoever
 * sent it believes to be in a call and repeats it until an ACK comes: it gets one, and a BYE, on
 * the way that the INVITE took, since it names no other (RFC 3261 section 13.2.2.4). Not
 * thread-safe: used within one leg's mailbox.
 */
final class AnswerWithoutDialog {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerWithoutDialog.class);

  /** How a call ends that was answered so. */
  static final SipStatus STATUS =
      new SipStatus(
          502, Reasons.phrase(502), 111, "The answer names no place to go on: Contact, To tag.");

  private final OutgoingInvite invite;
  private final OutgoingInvite.Sent sent;

  AnswerWithoutDialog(OutgoingInvite invite, OutgoingInvite.Sent sent) {
    this.invite = invite;
    this.sent = sent;
  }

  /** Acknowledges it, or a copy of it. */
  void acknowledge(Response success) {
    LocalPoint local = sent.from();
    Hop hop = Hops.to(sent.to());
    try {
      SIPRequest ack = request(Request.ACK, success, Requests.cseq(success));
      ListeningPointImpl point =
          (ListeningPointImpl) local.provider().getListeningPoint(hop.getTransport());
      Via via = (Via) point.getViaHeader();
      via.setBranch(Utils.getInstance().generateBranchId());
      ack.setHeader(via);
      MessageChannel channel =
          point
              .getMessageProcessor()
              .createMessageChannel(InetAddress.getByName(hop.getHost()), hop.getPort());
      channel.sendMessage(ack);
    } catch (ParseException | IOException e) {
      LOG.debug("{} ACK not sent: {}", invite.callId(), StackLog.cut(e.getMessage()));
    }
  }

  /** Ends the call that it believes to be in. */
  void hangUp(Response success) {
    try {
      SIPRequest bye = request(Request.BYE, success, Requests.cseq(success) + 1);
      SipMessages.set(bye, "Reason", Reasons.value(STATUS));
      bye.setApplicationData(Hops.to(sent.to()));
      ClientTransaction sending = sent.from().provider().getNewClientTransaction(bye);
      sending.setRetransmitTimer(sent.t1Ms());
      sending.sendRequest();
    } catch (ParseException | SipException e) {
      LOG.debug("{} BYE not sent: {}", invite.callId(), StackLog.cut(e.getMessage()));
    }
  }

  private SIPRequest request(String method, Response success, long cseq) throws ParseException {
    Request request = invite.bare(method, cseq);
    request.setHeader((ToHeader) success.getHeader(ToHeader.NAME).clone());
    List<String> routes = Lists.reverse(Requests.values(success, "Record-Route"));
    if (!routes.isEmpty()) {
      request.removeHeader("Route");
      SipMessages.add(request, "Route", routes);
    }
    return (SIPRequest) request;
  }
}
