package org.ringdown.sip.dialog;

import com.google.common.base.Splitter;
import java.util.Iterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The dialog that a Replaces header names, as seen by the one who gets it (RFC 3891 section 6.1).
 *
 * @param callId its Call-ID
 * @param localTag ours: {@code to-tag}
 * @param remoteTag the peer's: {@code from-tag}
 * @param earlyOnly whether only a dialog without an answer is meant
 */
public record Replaces(String callId, String localTag, String remoteTag, boolean earlyOnly) {

  /** The value of the header for whoever gets it; nothing but what was understood. */
  public String value() {
    String name = callId + ";to-tag=" + localTag + ";from-tag=" + remoteTag;
    return earlyOnly ? name + ";early-only" : name;
  }

  /** Reads the header's value; null if it is none. */
  public static @Nullable Replaces read(String value) {
    Iterator<String> parts = Splitter.on(';').trimResults().split(value).iterator();
    String callId = parts.next();
    String toTag = "";
    String fromTag = "";
    boolean earlyOnly = false;
    while (parts.hasNext()) {
      String part = parts.next();
      int equals = part.indexOf('=');
      String name = (equals < 0 ? part : part.substring(0, equals)).trim();
      String text = equals < 0 ? "" : part.substring(equals + 1).trim();
      switch (name.toLowerCase(Locale.ROOT)) {
        case "to-tag" -> toTag = text;
        case "from-tag" -> fromTag = text;
        case "early-only" -> earlyOnly = true;
        default -> {
          // Others may be added (RFC 3261 section 7.3.1).
        }
      }
    }
    boolean whole = !callId.isEmpty() && !toTag.isEmpty() && !fromTag.isEmpty();
    return whole ? new Replaces(callId, toTag, fromTag, earlyOnly) : null;
  }
}
