package org.ringdown.sip.message;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sip.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * The Session-Expires header (RFC 4028 section 4).
 *
 * @param seconds how long the session lasts without a refresh
 * @param refresher who is to refresh it, null where that is left to the peer
 */
public record SessionExpires(int seconds, @Nullable Refresher refresher) {
  /** The least that may be asked for (RFC 4028 section 4). */
  public static final int LEAST_SECONDS = 90;

  /** What we ask for (RFC 4028 section 4 recommends it). */
  public static final int USUAL_SECONDS = 1800;

  private static final String NAME = "Session-Expires";
  private static final String MINIMUM = "Min-SE";
  private static final Pattern DELTA = Pattern.compile("\\s*([0-9]{1,8})\\s*(;.*)?");
  private static final Pattern WHO = Pattern.compile(";\\s*refresher\\s*=\\s*(uac|uas)\\b");

  /** Who refreshes, by the role in the transaction that negotiates it. */
  public enum Refresher {
    UAC,
    UAS
  }

  /** The header of a message, null if it has none that can be read. */
  public static @Nullable SessionExpires in(Message message) {
    List<String> values = Requests.values(message, NAME);
    if (values.isEmpty()) {
      return null;
    }
    String value = String.join(",", values).toLowerCase(Locale.ROOT);
    int seconds = seconds(value);
    Matcher who = WHO.matcher(value);
    Refresher refresher =
        who.find() ? Refresher.valueOf(who.group(1).toUpperCase(Locale.ROOT)) : null;
    return seconds < 0 ? null : new SessionExpires(seconds, refresher);
  }

  /** The shortest session that a message allows (Min-SE, RFC 4028 section 5). */
  public static int leastSeconds(Message message) {
    List<String> values = Requests.values(message, MINIMUM);
    return values.isEmpty() ? LEAST_SECONDS : Math.max(LEAST_SECONDS, seconds(values.get(0)));
  }

  /** Whether the sender of a message knows session timers. */
  public static boolean isSupported(Message message) {
    return Requests.values(message, "Supported").stream().anyMatch("timer"::equalsIgnoreCase);
  }

  private static int seconds(String value) {
    Matcher delta = DELTA.matcher(value);
    return delta.matches() ? Integer.parseInt(delta.group(1)) : -1;
  }

  /** Sets the header. */
  public void putInto(Message message) {
    String who = refresher == null ? "" : ";refresher=" + refresher.name().toLowerCase(Locale.ROOT);
    SipMessages.set(message, NAME, seconds + who);
  }

  /** Sets Min-SE. */
  public static void putLeastInto(Message message, int seconds) {
    SipMessages.set(message, MINIMUM, Integer.toString(seconds));
  }
}
