package org.ringdown.sip;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * JAIN-SIP's parser with its traps closed. JAIN-SIP copies the text of a parse failure, which holds
 * bytes of the sender, even line ends, into the reason phrase of its automatic 400: here every
 * failure says the same fixed words. What makes it fail with a runtime exception, or lets it go on
 * without a header it later takes for granted, becomes an ordinary parse failure. Safe from any
 * thread.
 */
final class StrictParser implements MessageParser {
  private static final String MALFORMED = "malformed message";
  private static final String VERSION = "SIP/2.0";

  private final StringMsgParser parser = new StringMsgParser();
  private final int maxBytes;
  private final Backlog backlog;

  StrictParser(int maxBytes, Backlog backlog) {
    this.maxBytes = maxBytes;
    this.backlog = backlog;
  }

  /** Null, which JAIN-SIP's own contract allows, for a keep-alive of line ends only. */
  @Override
  public @Nullable SIPMessage parseSIPMessage(
      byte[] bytes, boolean readBody, boolean strict, @Nullable ParseExceptionListener listener)
      throws ParseException {
    if (readBody) {
      backlog.taken();
    }
    if (bytes.length > maxBytes) {
      throw new ParseException("message too large", 0);
    }
    SIPMessage message = parse(bytes, readBody, strict, listener);
    if (message != null) {
      check(message);
    }
    return message;
  }

  private @Nullable SIPMessage parse(
      byte[] bytes, boolean readBody, boolean strict, @Nullable ParseExceptionListener listener)
      throws ParseException {
    try {
      return parser.parseSIPMessage(bytes, readBody, strict, listener);
    } catch (ParseException | RuntimeException e) {
      throw new ParseException(MALFORMED, 0);
    }
  }

  private static void check(SIPMessage message) throws ParseException {
    if (message.getFrom() == null
        || message.getTo() == null
        || message.getCallId() == null
        || message.getCSeq() == null
        || message.getTopmostVia() == null) {
      throw new ParseException("a mandatory header field is missing or malformed", 0);
    }
    if (message instanceof SIPRequest request
        && !VERSION.equals(request.getRequestLine().getSipVersion())) {
      // JAIN-SIP answers 505 and repeats this text in it: not the sender's.
      request.getRequestLine().setSipVersion("not " + VERSION);
    }
  }
}
