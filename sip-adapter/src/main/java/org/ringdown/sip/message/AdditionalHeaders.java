package org.ringdown.sip.message;

import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.sip.message.Message;

/**
 * Header fields that the holder of a leg wants in a message, but for those that are not its
 * business.
 */
public final class AdditionalHeaders {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9.!%*_+`'~-]{1,64}");
  private static final ImmutableSet<String> OURS =
      ImmutableSet.of(
          "via",
          "v",
          "from",
          "f",
          "to",
          "t",
          "call-id",
          "i",
          "cseq",
          "contact",
          "m",
          "max-forwards",
          "route",
          "record-route",
          "content-length",
          "l",
          "content-type",
          "c",
          "content-encoding",
          "e",
          "require",
          "supported",
          "k",
          "session-expires",
          "x",
          "min-se",
          "rseq",
          "rack",
          "proxy-require",
          "allow",
          "user-agent");

  private AdditionalHeaders() {}

  /** Adds those that may be added; the others are left out. */
  public static void put(Message message, Map<String, String> headers) {
    headers.forEach(
        (name, value) -> {
          if (TOKEN.matcher(name).matches() && !OURS.contains(name.toLowerCase(Locale.ROOT))) {
            SipMessages.set(message, name, value);
          }
        });
  }
}
