package org.ringdown.gateway.trunk;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.TrunkPolicy.Forwarding;
import org.ringdown.gateway.routing.Unanswered;
import org.ringdown.sip.leg.Invite;

/**
 * A call was forwarded. Immutable, safe from any thread.
 *
 * @param uri who forwarded it
 * @param reason why, in the words of RFC 5806 section 5.2: {@code user-busy}
 */
public record Diversion(String uri, String reason) {
  private static final int MOST = 10;
  private static final String UNKNOWN = "unknown";
  private static final Pattern ENTRY =
      Pattern.compile("<([^<>\\s]{1,256})>((?:\\s*+;[^,\"<>]*+(?:\"[^\"]*+\")?+)*+)");
  private static final Pattern REASON = Pattern.compile(";\\s*reason\\s*=\\s*\"?([A-Za-z-]+)");
  private static final Pattern CAUSE = Pattern.compile(";cause=([0-9]{3})");

  /** The same in History-Info: the cause of the entry that comes after (RFC 7544 section 7). */
  private static final ImmutableMap<String, Integer> CAUSES =
      ImmutableMap.of(
          "unconditional", 302,
          "user-busy", 486,
          "no-answer", 408,
          "deflection", 480,
          "unavailable", 503);

  private static final int CAUSE_UNKNOWN = 404;

  /**
   * The dial plan forwarded a call.
   *
   * @param uri who was called
   * @param on how it went with whoever was called; null if nobody was tried
   */
  public static Diversion by(String uri, @Nullable Unanswered on) {
    if (on == null) {
      return new Diversion(uri, "unconditional");
    }
    return new Diversion(
        uri,
        switch (on) {
          case BUSY -> "user-busy";
          case NO_ANSWER -> "no-answer";
          case UNAVAILABLE -> "unavailable";
        });
  }

  /** How a call was forwarded before it came to us, the first first; at most ten are told. */
  static ImmutableList<Diversion> in(Invite invite, Forwarding understood) {
    List<Diversion> found = new ArrayList<>();
    if (understood.usesDiversion()) {
      invite.headers().get("diversion").forEach(value -> found.addAll(diversions(value)));
    }
    List<Diversion> oldestFirst = new ArrayList<>(Lists.reverse(found));
    if (oldestFirst.isEmpty() && understood.usesHistory()) {
      oldestFirst.addAll(history(String.join(",", invite.headers().get("history-info"))));
    }
    return ImmutableList.copyOf(Iterables.limit(oldestFirst, MOST));
  }

  private static List<Diversion> diversions(String value) {
    List<Diversion> found = new ArrayList<>();
    Matcher entry = ENTRY.matcher(value);
    while (entry.find()) {
      Matcher reason = REASON.matcher(entry.group(2));
      found.add(
          new Diversion(
              entry.group(1), reason.find() ? Ascii.toLowerCase(reason.group(1)) : UNKNOWN));
    }
    return found;
  }

  /** An entry with a cause says why the call left the one before it. */
  private static List<Diversion> history(String value) {
    List<Diversion> found = new ArrayList<>();
    Matcher entry = ENTRY.matcher(value);
    String before = "";
    while (entry.find()) {
      Matcher cause = CAUSE.matcher(entry.group(1));
      if (!before.isEmpty() && cause.find()) {
        found.add(new Diversion(before, reason(Integer.parseInt(cause.group(1)))));
      }
      before = entry.group(1).replaceFirst("[;?].*$", "");
    }
    return found;
  }

  private static String reason(int cause) {
    return CAUSES.entrySet().stream()
        .filter(known -> known.getValue() == cause)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** The value of Diversion for all of them, the last first (RFC 5806 section 4). */
  public static Optional<String> header(ImmutableList<Diversion> oldestFirst) {
    return oldestFirst.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join(", ", oldestFirst.reverse().stream().map(Diversion::entry).toList()));
  }

  private String entry() {
    return "<" + uri + ">;reason=" + reason + ";counter=1";
  }

  /**
   * The value of History-Info (RFC 7044 section 5): each who forwarded, and whom the call is for
   * now.
   */
  static String history(ImmutableList<Diversion> oldestFirst, String target) {
    StringBuilder value = new StringBuilder();
    String index = "1";
    String cause = "";
    for (Diversion diversion : oldestFirst) {
      value.append('<').append(diversion.uri()).append(cause).append(">;index=").append(index);
      value.append(", ");
      cause = ";cause=" + CAUSES.getOrDefault(diversion.reason(), CAUSE_UNKNOWN);
      index += ".1";
    }
    return value
        .append('<')
        .append(target)
        .append(cause)
        .append(">;index=")
        .append(index)
        .toString();
  }
}
