package org.ringdown.sip.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Ints;
import com.google.common.primitives.Longs;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Looks for what JAIN-SIP lets pass in a request although two readers would understand it in two
 * ways: a header field twice that may stand once (RFC 3261 section 7.3.1), and an IPv6 address
 * without brackets in the Request-URI (RFC 5118 section 4.2).
 */
final class Head {
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
          .put("content-length", "content-length")
          .put("l", "content-length")
          .put("content-type", "content-type")
          .put("c", "content-type")
          .buildOrThrow();

  private Head() {}

  /** Whether a request can be understood in one way only. */
  static boolean isUnambiguous(byte[] request) {
    String[] lines = new String(request, 0, length(request), UTF_8).split("\r?\n");
    return !hasBareIpv6Host(lines[0]) && !hasDoubles(lines);
  }

  /** Where the body begins: after the first empty line, or at the end if there is none. */
  static int end(byte[] message) {
    int last = length(message);
    for (int i = last + 1; i < message.length; i++) {
      if (message[i] == '\n') {
        return i + 1;
      }
    }
    return message.length;
  }

  /**
   * The length of the body as the message says it: at most {@code Integer.MAX_VALUE}, {@code
   * otherwise} if it does not say it in digits.
   */
  static int contentLength(byte[] message, int otherwise) {
    for (String line : new String(message, 0, length(message), UTF_8).split("\r?\n")) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      if ("content-length".equals(SINGLE.get(name))) {
        Long number = Longs.tryParse(line.substring(colon + 1).strip());
        return number == null ? otherwise : Ints.saturatedCast(number);
      }
    }
    return otherwise;
  }

  private static int length(byte[] request) {
    for (int i = 0; i + 3 < request.length; i++) {
      boolean end = request[i] == '\n' && request[i + 1] == '\r' && request[i + 2] == '\n';
      if (end || (request[i] == '\n' && request[i + 1] == '\n')) {
        return i;
      }
    }
    return request.length;
  }

  private static boolean hasDoubles(String[] lines) {
    Set<String> seen = new HashSet<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        String name = lines[i].substring(0, colon).stripTrailing().toLowerCase(Locale.ROOT);
        String single = SINGLE.get(name);
        if (single != null && !seen.add(single)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hasBareIpv6Host(String requestLine) {
    String[] words = requestLine.split(" ");
    if (words.length < 2 || !words[1].toLowerCase(Locale.ROOT).matches("sips?:.*")) {
      return false;
    }
    String rest = words[1].substring(words[1].indexOf(':') + 1);
    String host = rest.substring(rest.lastIndexOf('@') + 1).split("[;?]", 2)[0];
    return !host.startsWith("[") && host.indexOf(':') != host.lastIndexOf(':');
  }
}
