package org.ringdown.sip.message;

/**
 * A SIP response code with what goes with it: why a request was refused or a call ended.
 *
 * @param code the response code, 100 to 699 (RFC 3261 section 21)
 * @param phrase the reason phrase of the status line, never text of a peer's choice
 * @param q850Cause the ITU-T Q.850 cause for the Reason header (RFC 3326), 0 if none
 * @param explanation one sentence for a human, sent as Warning 399 or Reason text, empty if none
 */
public record SipStatus(int code, String phrase, int q850Cause, String explanation) {
  /** 200, and the normal end of a call. */
  public static final SipStatus OK = new SipStatus(200, "OK", 16, "");

  /** 486. */
  public static final SipStatus BUSY_HERE = new SipStatus(486, "Busy Here", 17, "");

  /** 487: taken back by the caller. */
  public static final SipStatus REQUEST_TERMINATED =
      new SipStatus(487, "Request Terminated", 16, "");

  /** 488: no way to speak with each other. */
  public static final SipStatus NOT_ACCEPTABLE_HERE =
      new SipStatus(488, "Not Acceptable Here", 88, "");

  /** The usual phrase for a response code. */
  public static String phraseOf(int code) {
    return Reasons.phrase(code);
  }

  /** The same status with a sentence that says why in this case. */
  public SipStatus because(String sentence) {
    return new SipStatus(code, phrase, q850Cause, sentence);
  }
}
