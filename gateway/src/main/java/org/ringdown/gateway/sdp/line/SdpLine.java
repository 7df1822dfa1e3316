package org.ringdown.gateway.sdp.line;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import org.ringdown.gateway.sdp.line.SdpException.Reason;

/**
 * One line of a description, {@code <type>=<value>}.
 *
 * @param type a letter
 * @param value without the line end
 * @param number counted from 1
 */
public record SdpLine(char type, String value, int number) {
  private static final int MAX_LINES = 2_000;
  private static final CharMatcher CONTROL =
      CharMatcher.inRange('\0', ' ').or(CharMatcher.is('\u007F')).and(CharMatcher.noneOf(" \t"));

  /**
   * Cuts a text into lines. CRLF and LF end a line; blank lines are passed over, and so is what
   * some phones leave behind the last one (spaces, NUL).
   */
  static ImmutableList<SdpLine> split(String text) throws SdpException {
    ImmutableList.Builder<SdpLine> lines = ImmutableList.builder();
    int end = endOf(text);
    int number = 0;
    for (int start = 0; start < end; ) {
      int feed = text.indexOf('\n', start);
      int stop = feed < 0 || feed > end ? end : feed;
      if (++number > MAX_LINES) {
        throw new SdpException(Reason.TOO_LARGE, number, "more than " + MAX_LINES + " lines");
      }
      String content = content(text, start, stop);
      if (!content.isBlank()) {
        lines.add(of(content, number));
      }
      start = stop + 1;
    }
    return lines.build();
  }

  private static int endOf(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) <= ' ') {
      end--;
    }
    return end;
  }

  private static String content(String text, int start, int stop) {
    boolean carriageReturn = stop > start && text.charAt(stop - 1) == '\r';
    return text.substring(start, carriageReturn ? stop - 1 : stop);
  }

  private static SdpLine of(String content, int number) throws SdpException {
    if (CONTROL.matchesAnyOf(content)) {
      throw new SdpException(Reason.MALFORMED, number, "a control character");
    }
    boolean letter = content.charAt(0) >= 'a' && content.charAt(0) <= 'z';
    if (!letter || content.length() < 2 || content.charAt(1) != '=') {
      throw malformed(number, "a letter and = expected, but found", content);
    }
    return new SdpLine(content.charAt(0), content.substring(2), number);
  }

  static SdpException malformed(int number, String expectation, String found) {
    String message = expectation + " [" + SdpException.excerpt(found) + "]";
    return new SdpException(Reason.MALFORMED, number, message);
  }

  /** Whether it is {@code a=name} or {@code a=name:...}. */
  public boolean isAttribute(String name) {
    return type == 'a'
        && value.startsWith(name)
        && (value.length() == name.length() || value.charAt(name.length()) == ':');
  }

  /** The value of an attribute line of this name: what is behind the colon, or nothing. */
  String attributeValue(String name) {
    return value.length() == name.length() ? "" : value.substring(name.length() + 1).trim();
  }
}
