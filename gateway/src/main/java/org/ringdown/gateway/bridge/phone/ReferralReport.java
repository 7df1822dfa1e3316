package org.ringdown.gateway.bridge.phone;

import org.ringdown.gateway.bridge.leg.TransferReport;
import org.ringdown.gateway.bridge.leg.TransferRequest;
import org.ringdown.gateway.bridge.reason.SipReasons;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.sip.leg.Referral;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.SipStatus;

/** Tells a phone how the transfer goes that its REFER asked for. Belongs to one call's executor. */
final class ReferralReport implements TransferReport {
  private static final SipStatus RINGING = new SipStatus(180, "Ringing", 0, "");

  private final Referral referral;
  private boolean accepted;

  private ReferralReport(Referral referral) {
    this.referral = referral;
  }

  /** What a REFER asks for. */
  static TransferRequest request(Referral referral) {
    ReferralReport report = new ReferralReport(referral);
    if (!referral.isAttended()) {
      return new TransferRequest.Blind(referral.target(), referral.referredBy(), report);
    }
    SipLeg.Listener consultation = referral.consultation().orElse(SipLeg.Listener.NONE);
    if (consultation instanceof SipLegEvents own) {
      return new TransferRequest.Attended(own.seat(), report);
    }
    return referral
        .replaces()
        .<TransferRequest>map(
            foreign ->
                new TransferRequest.Blind(
                    referral.target(), referral.referredBy(), foreign, report))
        .orElseGet(() -> new TransferRequest.Lost(report));
  }

  @Override
  public void accepted() {
    accepted = true;
    referral.accept();
  }

  @Override
  public void alerted() {
    referral.tell(RINGING);
  }

  @Override
  public void done() {
    referral.tell(SipStatus.OK);
  }

  @Override
  public void failed(EndReason reason) {
    SipStatus status = SipReasons.toSip(reason);
    if (accepted) {
      referral.tell(status);
    } else {
      referral.refuse(status);
    }
  }
}
