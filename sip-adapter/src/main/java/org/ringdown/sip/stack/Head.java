package org.ringdown.sip.stack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Ints;
import com.google.common.primitives.Longs;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What JAIN-SIP does not tell of a message before its body. It lets pass in a request what two
 * readers would understand in two ways: a header field twice that may stand once (RFC 3261 section
 * 7.3.1), and an IPv6 address without brackets in the Request-URI (RFC 5118 section 4.2).
 *
 * @param unambiguous whether a request can be understood in one way only
 * @param end where the body begins: after the first empty line, or the end if there is none
 * @param announced what stands behind Content-Length, or null
 */
record Head(boolean unambiguous, int end, @Nullable String announced) {
  private static final String CONTENT_LENGTH = "content-length";
  private static final ImmutableMap<String, String> SINGLE =
      ImmutableMap.<String, String>builder()
          .put("from", "from")
          .put("f", "from")
          .put("to", "to")
          .put("t", "to")
          .put("call-id", "call-id")
          .put("i", "call-id")
          .put("cseq", "cseq")
          .put("max-forwards", "max-forwards")
          .put(CONTENT_LENGTH, CONTENT_LENGTH)
          .put("l", CONTENT_LENGTH)
          .put("content-type", "content-type")
          .put("c", "content-type")
          .buildOrThrow();
  private static final int LONGEST =
      SINGLE.keySet().stream().mapToInt(String::length).max().orElseThrow();
  private static final CharMatcher BEHIND_HOST = CharMatcher.anyOf(";?");

  /** Reads it line by line: every message comes by here. */
  static Head of(byte[] message) {
    Set<String> seen = new HashSet<>();
    boolean unambiguous = true;
    String announced = null;
    int next = 0;
    for (int start = 0; start < message.length; start = next) {
      int feed = feed(message, start);
      int stop = feed > start && message[feed - 1] == '\r' ? feed - 1 : feed;
      next = Math.min(feed + 1, message.length);
      if (start == 0) {
        unambiguous = !hasBareIpv6Host(new String(message, 0, stop, UTF_8));
      } else if (stop == start) {
        break;
      } else {
        int colon = colon(message, start, stop);
        String single = single(message, start, colon);
        unambiguous &= single == null || seen.add(single);
        if (announced == null && CONTENT_LENGTH.equals(single)) {
          announced = new String(message, colon + 1, stop - colon - 1, UTF_8).strip();
        }
      }
    }
    return new Head(unambiguous, next, announced);
  }

  /**
   * The length of the body as the message says it: at most {@code Integer.MAX_VALUE}, {@code
   * otherwise} if it does not say it in digits.
   */
  int contentLength(int otherwise) {
    Long number = announced == null ? null : Longs.tryParse(announced);
    return number == null ? otherwise : Ints.saturatedCast(number);
  }

  private static int feed(byte[] message, int start) {
    int at = start;
    while (at < message.length && message[at] != '\n') {
      at++;
    }
    return at;
  }

  private static int colon(byte[] message, int start, int stop) {
    int at = start;
    while (at < stop && message[at] != ':') {
      at++;
    }
    return at;
  }

  /** The full name of the header field that ends at the colon if it may stand once, or null. */
  private static @Nullable String single(byte[] message, int start, int colon) {
    int end = colon;
    while (end > start && message[end - 1] <= ' ' && message[end - 1] >= 0) {
      end--;
    }
    if (end - start > LONGEST) {
      return null;
    }
    return SINGLE.get(Ascii.toLowerCase(new String(message, start, end - start, ISO_8859_1)));
  }

  private static boolean hasBareIpv6Host(String requestLine) {
    int space = requestLine.indexOf(' ');
    int scheme = requestLine.indexOf(':', space + 1);
    if (space < 0 || scheme < 0 || !isSip(requestLine.substring(space + 1, scheme))) {
      return false;
    }
    int second = requestLine.indexOf(' ', scheme);
    String rest = requestLine.substring(scheme + 1, second < 0 ? requestLine.length() : second);
    String target = rest.substring(rest.lastIndexOf('@') + 1);
    int behind = BEHIND_HOST.indexIn(target);
    String host = behind < 0 ? target : target.substring(0, behind);
    return !host.startsWith("[") && host.indexOf(':') != host.lastIndexOf(':');
  }

  private static boolean isSip(String scheme) {
    return Ascii.equalsIgnoreCase(scheme, "sip") || Ascii.equalsIgnoreCase(scheme, "sips");
  }
}
