package org.ringdown.sip.message;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Locale;
import javax.sip.header.ContentTypeHeader;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * A digit sent by INFO, in the two spellings phones use: {@code application/dtmf-relay} with {@code
 * Signal=} and {@code Duration=} lines, and {@code application/dtmf} with the bare digit.
 *
 * @param digit one of {@code 0-9 * # A-D}
 * @param durationMs how long it was pressed, in milliseconds
 */
public record DtmfInfo(char digit, int durationMs) {
  private static final String DIGITS = "0123456789*#ABCD";
  private static final int USUAL_MS = 100;
  private static final int LONGEST_MS = 10_000;

  /** Whether it is one of the sixteen keys. */
  public static boolean isDigit(char digit) {
    return DIGITS.indexOf(digit) >= 0;
  }

  /** As a body of application/dtmf-relay. */
  String body() {
    return "Signal=" + digit + "\r\nDuration=" + durationMs + "\r\n";
  }

  /** The digit in an INFO, null if its body is something else. */
  public static @Nullable DtmfInfo in(Request info) {
    ContentTypeHeader type = (ContentTypeHeader) info.getHeader(ContentTypeHeader.NAME);
    byte[] body = info.getRawContent();
    if (type == null || body == null) {
      return null;
    }
    String text = new String(body, US_ASCII);
    if (Bodies.is(type, "application", "dtmf-relay")) {
      return relay(text);
    }
    return Bodies.is(type, "application", "dtmf") ? digit(text, USUAL_MS) : null;
  }

  private static @Nullable DtmfInfo relay(String text) {
    String signal = "";
    int durationMs = USUAL_MS;
    for (String line : text.split("\\R")) {
      String[] parts = line.split("=", 2);
      String value = parts.length < 2 ? "" : parts[1].trim();
      if (parts[0].trim().equalsIgnoreCase("Signal")) {
        signal = value;
      } else if (parts[0].trim().equalsIgnoreCase("Duration") && value.matches("[0-9]{1,6}")) {
        durationMs = Math.min(LONGEST_MS, Integer.parseInt(value));
      }
    }
    return digit(signal, durationMs);
  }

  /** Some phones write * and # as events 10 and 11 (RFC 4733 section 3.2). */
  private static @Nullable DtmfInfo digit(String text, int durationMs) {
    String signal = text.trim().toUpperCase(Locale.ROOT);
    if (signal.matches("1[0-5]")) {
      signal = DIGITS.substring(Integer.parseInt(signal), Integer.parseInt(signal) + 1);
    }
    boolean one = signal.length() == 1 && DIGITS.contains(signal);
    return one ? new DtmfInfo(signal.charAt(0), durationMs) : null;
  }
}
