package org.ringdown.gateway.bridge.leg;

/** A side wants the other one to talk to somebody else. */
public sealed interface TransferRequest {
  /** Who is to hear how it goes. */
  TransferReport report();

  /**
   * To whom it names.
   *
   * @param to as anybody may write it
   * @param referredBy the value of Referred-By that the target is to see (RFC 3892); empty for none
   * @param replaces the dialog, none of ours, whose place the call is to take at the target (RFC
   *     3891); empty for none
   */
  record Blind(String to, String referredBy, String replaces, TransferReport report)
      implements TransferRequest {
    /** To somebody who is to ring. */
    public Blind(String to, String referredBy, TransferReport report) {
      this(to, referredBy, "", report);
    }
  }

  /**
   * To the other side of another call of its own.
   *
   * @param own its leg there
   */
  record Attended(Seat own, TransferReport report) implements TransferRequest {}

  /** To the other side of a call that is not here, or not any more. */
  record Lost(TransferReport report) implements TransferRequest {}
}
