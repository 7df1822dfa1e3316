package org.ringdown.sip.call;

import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.ringdown.sip.dialog.DialogPath;
import org.ringdown.sip.log.StackLog;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.message.SipStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A dialog nobody wants: another fork of our INVITE was answered too, or a 2xx came after the leg
 * was over. It gets its ACK and a BYE (RFC 3261 section 13.2.2.4).
 */
final class StrayFork {
  private static final Logger LOG = LoggerFactory.getLogger(StrayFork.class);

  private final DialogPath path;

  StrayFork(DialogPath path) {
    this.path = path;
  }

  void drop(Response success) {
    try {
      path.ack(Requests.cseq(success), null);
      Request bye = path.request(Request.BYE);
      SipMessages.set(bye, "Reason", Reasons.cancelValue(SipStatus.OK));
      path.send(bye, this);
    } catch (SipException e) {
      LOG.debug("a stray fork was not dropped: {}", StackLog.cut(e.getMessage()));
    }
  }
}
