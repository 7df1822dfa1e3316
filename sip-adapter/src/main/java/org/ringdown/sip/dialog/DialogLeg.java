package org.ringdown.sip.dialog;

import org.ringdown.sip.leg.SipLeg;

/** A leg that can be found by the name of its dialog. Safe from any thread. */
public interface DialogLeg extends SipLeg {
  /** Who listens to it. */
  Listener listener();

  /** Whether a Replaces header with our Call-ID means this leg's dialog (RFC 3891 section 3). */
  boolean isNamedBy(Replaces name);
}
