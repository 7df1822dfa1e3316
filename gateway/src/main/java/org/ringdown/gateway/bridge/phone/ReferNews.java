package org.ringdown.gateway.bridge.phone;

import org.ringdown.gateway.bridge.leg.Handover;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.bridge.reason.SipReasons;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.sip.leg.ReferProgress;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.message.SipStatus;

/**
 * What comes of a REFER, in the call's words.
 *
 * @param progress hears it
 * @param seat of the leg that was asked
 */
record ReferNews(Handover.Progress progress, Seat seat) implements ReferProgress {
  private static final int RINGING = 180;

  /** What counts are the news: some say yes to everything. */
  @Override
  public void onAccepted() {}

  @Override
  public void onProgress(SipStatus status) {
    if (status.code() >= RINGING) {
      progress.alerted();
    } else {
      progress.trying();
    }
  }

  @Override
  public void onTargetAnswered(SipStatus status) {
    if (status.code() < 300) {
      progress.done();
    } else {
      progress.failed(reason(status));
    }
  }

  @Override
  public void onRefused(SipStatus status) {
    progress.refused(reason(status));
  }

  private EndReason reason(SipStatus status) {
    return SipReasons.fromSip(new SipEnd(SipEnd.Kind.REFUSED, status), seat.by());
  }
}
