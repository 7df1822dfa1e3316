package org.ringdown.gateway.testkit.sip.message;

import com.google.common.collect.ImmutableMap;
import java.util.function.Predicate;
import org.ringdown.sip.wire.SipText;

/** Which messages a word of a script means. Safe from any thread. */
public final class SipEvents {
  private static final ImmutableMap<String, String> WORDS =
      ImmutableMap.of("incoming", "INVITE", "ringing", "180/INVITE", "accepted", "2xx/INVITE");

  private SipEvents() {}

  /** {@code INVITE}, {@code re-INVITE}, {@code 180}, {@code 2xx/BYE}, {@code ringing}. */
  public static Predicate<SipText> of(String event) {
    String word = WORDS.getOrDefault(event, event);
    if (word.equals("any")) {
      return message -> true;
    }
    if (word.equals("hangup")) {
      return of("BYE").or(of("CANCEL"));
    }
    if (Character.isDigit(word.charAt(0))) {
      return status(word);
    }
    if (word.equals("INVITE") || word.equals("re-INVITE")) {
      boolean again = word.startsWith("re-");
      return message -> isRequest(message, "INVITE") && isWithin(message) == again;
    }
    return message -> isRequest(message, word);
  }

  private static Predicate<SipText> status(String word) {
    String[] parts = word.split("/");
    return message ->
        !message.isRequest()
            && String.valueOf(message.code())
                .matches(parts[0].replace('x', '.').replace(".", "\\d"))
            && (parts.length < 2 || message.method().equals(parts[1]));
  }

  private static boolean isRequest(SipText message, String method) {
    return message.isRequest() && message.method().equals(method);
  }

  /** Whether a request belongs to a dialog that stands. */
  public static boolean isWithin(SipText request) {
    return request.find("To").orElse("").contains(";tag=");
  }
}
