package org.ringdown.sip.message;

import com.google.common.collect.ImmutableMap;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.ListIterator;
import java.util.regex.Pattern;
import javax.sip.header.ReasonHeader;
import javax.sip.message.Message;

/** The Reason header (RFC 3326), in both directions. */
public final class Reasons {
  private static final String Q850 = "Q.850";
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}\"\\\\ ]+");
  private static final int MAX_TEXT = 120;

  /** RFC 4028 section 6; not in JAIN-SIP's list. */
  public static final int SESSION_INTERVAL_TOO_SMALL = 422;

  /**
   * Missing in JAIN-SIP's list or otherwise there: RFC 4028, 4412, 5079, 5393, 5626, 6442, 8197,
   * 8224, 8688.
   */
  private static final ImmutableMap<Integer, String> PHRASES =
      ImmutableMap.<Integer, String>builder()
          .put(SESSION_INTERVAL_TOO_SMALL, "Session Interval Too Small")
          .put(417, "Unknown Resource-Priority")
          .put(424, "Bad Location Information")
          .put(428, "Use Identity Header")
          .put(433, "Anonymity Disallowed")
          .put(436, "Bad Identity Info")
          .put(437, "Unsupported Credential")
          .put(438, "Invalid Identity Header")
          .put(430, "Flow Failed")
          .put(440, "Max-Breadth Exceeded")
          .put(606, "Not Acceptable")
          .put(607, "Unwanted")
          .put(608, "Rejected")
          .buildOrThrow();

  private Reasons() {}

  /**
   * The value for a status of ours: the SIP code where another leg answered the call (RFC 3326
   * section 3.1), else the Q.850 cause; empty if the status has none.
   */
  public static String cancelValue(SipStatus status) {
    if (status.code() == 200) {
      return "SIP;cause=200;text=\"Call completed elsewhere\"";
    }
    return value(status);
  }

  /** The value for a BYE or a final response of ours; empty if the status has no cause. */
  public static String value(SipStatus status) {
    if (status.q850Cause() <= 0) {
      return "";
    }
    String text = clean(status.explanation().isEmpty() ? status.phrase() : status.explanation());
    return Q850 + ";cause=" + status.q850Cause() + ";text=\"" + text + "\"";
  }

  /** A status with the cause and text of the peer's Reason header, if it sent one. */
  public static SipStatus heard(Message message, SipStatus otherwise) {
    int cause = 0;
    String text = "";
    ListIterator<?> headers = message.getHeaders(ReasonHeader.NAME);
    while (headers != null && headers.hasNext()) {
      ReasonHeader reason = (ReasonHeader) headers.next();
      boolean q850 = Q850.equalsIgnoreCase(reason.getProtocol());
      if (q850 && reason.getCause() >= 0 && reason.getCause() <= 127) {
        cause = reason.getCause();
      }
      if (reason.getText() != null && (text.isEmpty() || q850)) {
        text = clean(reason.getText());
      }
    }
    return new SipStatus(
        otherwise.code(),
        otherwise.phrase(),
        cause == 0 ? otherwise.q850Cause() : cause,
        text.isEmpty() ? otherwise.explanation() : text);
  }

  /** A final response of the peer as a status: its code, our own phrase for it, its cause. */
  public static SipStatus ofResponse(int code, Message response) {
    return heard(response, new SipStatus(code, phrase(code), 0, ""));
  }

  /** The usual phrase for a response code. */
  public static String phrase(int code) {
    String known = PHRASES.getOrDefault(code, SIPResponse.getReasonPhrase(code));
    return known == null || known.startsWith("Unknown") ? "Status " + code : known;
  }

  /** Text that may stand in a header and in a log: printable, without quotes, not long. */
  static String clean(String text) {
    String printable = UNFIT.matcher(text).replaceAll(" ").trim();
    return printable.length() > MAX_TEXT ? printable.substring(0, MAX_TEXT) : printable;
  }
}
