package org.ringdown.sip.usage;

import java.time.Duration;
import javax.sip.SipException;
import javax.sip.header.CSeqHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.ringdown.sip.dialog.DialogOwner;
import org.ringdown.sip.dialog.DialogPath;
import org.ringdown.sip.transaction.Wiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a peer for whole pictures by INFO (RFC 5168): one at a time and once a second at most, and
 * no more once it has refused. Not thread-safe: used within one leg's mailbox.
 */
final class PicturesByInfo {
  private static final Logger LOG = LoggerFactory.getLogger(PicturesByInfo.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final long NONE = -1;

  private final DialogPath path;
  private final DialogOwner owner;
  private final Wiring wiring;
  private long unanswered = NONE;
  private boolean resting;
  private boolean refused;

  PicturesByInfo(DialogPath path, DialogOwner owner, Wiring wiring) {
    this.path = path;
    this.owner = owner;
    this.wiring = wiring;
  }

  /** Asks; without effect while the last time is not over. */
  void ask() {
    if (resting || refused || unanswered != NONE) {
      return;
    }
    try {
      Request info = path.request(Request.INFO);
      wiring.messages().pictureRequest(info);
      path.send(info, owner.events());
      unanswered = ((CSeqHeader) info.getHeader(CSeqHeader.NAME)).getSeqNumber();
      resting = true;
      wiring.alarms().in(PAUSE, () -> owner.post(() -> resting = false));
    } catch (SipException e) {
      LOG.debug("no INFO could be sent: {}", e.getMessage());
    }
  }

  /** Takes a final response to an INFO; false if it is to another one. */
  boolean answered(Response response) {
    CSeqHeader number = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
    if (number.getSeqNumber() != unanswered) {
      return false;
    }
    unanswered = NONE;
    refused = response.getStatusCode() >= Response.MULTIPLE_CHOICES;
    return true;
  }
}
