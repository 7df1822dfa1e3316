package org.ringdown.sip.leg;

/** The dialog that an INVITE is to take the place of, by its Replaces header (RFC 3891). */
public sealed interface Replacing {
  /** None: it is an ordinary call. */
  record Nothing() implements Replacing {}

  /** The header cannot be understood, or there are several (RFC 3891 section 3: 400). */
  record Malformed() implements Replacing {}

  /** A dialog that is none of ours, or is over (481). */
  record Unknown() implements Replacing {}

  /**
   * One of ours.
   *
   * @param listener who listens to it
   * @param earlyOnly whether it is meant only as long as it has not been answered
   */
  record Dialog(SipLeg.Listener listener, boolean earlyOnly) implements Replacing {}
}
