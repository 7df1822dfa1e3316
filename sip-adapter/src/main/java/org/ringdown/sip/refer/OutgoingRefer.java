package org.ringdown.sip.refer;

import javax.sip.message.Response;
import org.ringdown.sip.leg.ReferProgress;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.SipStatus;

/**
 * One REFER of ours and the subscription that it makes (RFC 3515 section 2.4.4). Not thread-safe:
 * used within one leg's mailbox.
 */
final class OutgoingRefer {
  private static final SipStatus NO_RESULT =
      new SipStatus(500, Reasons.phrase(500), 0, "the peer does not say what came of the REFER");

  private final String referTo;
  private final ReferProgress progress;
  private long cseq;
  private boolean accepted;
  private boolean over;

  OutgoingRefer(String referTo, ReferProgress progress) {
    this.referTo = referTo;
    this.progress = progress;
  }

  String referTo() {
    return referTo;
  }

  /** It goes out with this number; again after a challenge, with another. */
  void sentAs(long number) {
    cseq = number;
  }

  /** Whether news of this subscription are meant (RFC 3515 section 2.4.6). */
  boolean isMeantBy(String id) {
    return id.isEmpty() || id.equals(Long.toString(cseq));
  }

  boolean isSentAs(long number) {
    return cseq == number;
  }

  boolean isOver() {
    return over;
  }

  /** A final response to the REFER. */
  void answered(Response response) {
    int code = response.getStatusCode();
    if (code < 300) {
      accept();
    } else {
      refused(Reasons.ofResponse(code, response));
    }
  }

  private void accept() {
    if (!accepted && !over) {
      accepted = true;
      progress.onAccepted();
    }
  }

  /** It came to nothing. */
  void refused(SipStatus status) {
    if (!over) {
      over = true;
      progress.onRefused(status);
    }
  }

  /**
   * A NOTIFY came, which may overtake the response to the REFER.
   *
   * @param code the status in it, 0 if there is none
   * @param isLast whether none follows
   */
  void heard(int code, boolean isLast) {
    accept();
    if (over) {
      return;
    }
    if (code >= 200) {
      over = true;
      progress.onTargetAnswered(status(code));
    } else if (isLast) {
      refused(NO_RESULT);
    } else if (code > 0) {
      progress.onProgress(status(code));
    }
  }

  private static SipStatus status(int code) {
    return new SipStatus(code, Reasons.phrase(code), 0, "");
  }

  /** The peer has hung up: once it has taken the REFER, it is off to the target. */
  void peerLeft() {
    if (accepted && !over) {
      over = true;
      progress.onTargetAnswered(SipStatus.OK);
    }
  }
}
