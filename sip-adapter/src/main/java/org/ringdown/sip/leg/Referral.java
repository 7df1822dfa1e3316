package org.ringdown.sip.leg;

import java.util.Optional;
import org.ringdown.sip.message.SipStatus;

/**
 * A REFER within a dialog (RFC 3515): its peer wants the other side of the call to call somebody
 * else. To be answered once, by {@link #refuse} or {@link #accept}; after the latter {@link #tell}
 * says how it goes, in NOTIFYs unless the peer wants none (RFC 4488). Safe from any thread; without
 * effect once the dialog is over.
 */
public interface Referral {
  /** The URI of Refer-To without header fields and method. */
  String target();

  /** The value of Referred-By (RFC 3892), empty if there is none. */
  String referredBy();

  /** Whether Refer-To names a dialog that the new call is to take the place of (RFC 3891). */
  boolean isAttended();

  /** Who listens to that dialog; empty if it is none of ours, or over. */
  Optional<SipLeg.Listener> consultation();

  /**
   * The value of Replaces by which Refer-To names that dialog; empty if it cannot be understood.
   */
  Optional<String> replaces();

  /** Answers 202, and 100 in the first NOTIFY. */
  void accept();

  /** Refuses the REFER. */
  void refuse(SipStatus status);

  /** What the new call's called side says; a final response ends the subscription. */
  void tell(SipStatus status);
}
