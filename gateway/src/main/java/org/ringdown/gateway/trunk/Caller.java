package org.ringdown.gateway.trunk;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.ringdown.sip.leg.Arrival;
import org.ringdown.sip.message.NameAddress;

/**
 * Who calls. Immutable, safe from any thread.
 *
 * @param name who it is, as far as it was proved or is believed
 * @param privacy whether that may be shown
 */
public record Caller(NameAddress name, Privacy privacy) {
  /** Who is shown where the caller wants to be unknown (RFC 3323 section 4.1.1.3). */
  public static final NameAddress ANONYMOUS =
      new NameAddress("Anonymous", "sip:anonymous@anonymous.invalid");

  /**
   * The privacy tokens that ask for the caller to be hidden (RFC 3323 section 4.2, RFC 3325 section
   * 9.3). Header and session privacy a gateway gives to everybody: nothing of a caller's own
   * headers and addresses goes through it.
   */
  private static final ImmutableSet<String> HIDING = ImmutableSet.of("id", "user", "header");

  /** Whether the caller may be shown to the callee. */
  public enum Privacy {
    /** Nothing was said. */
    UNSAID,
    /** The caller wants to be shown. */
    NONE,
    /** The caller does not want to be shown. */
    HIDDEN
  }

  /** Somebody who does not hide. */
  public static Caller shown(NameAddress name) {
    return new Caller(name, Privacy.UNSAID);
  }

  /** Whom the called devices see. */
  public NameAddress shown() {
    return isHidden() ? ANONYMOUS : name;
  }

  /** Whether the called devices do not learn who it is. */
  public boolean isHidden() {
    return privacy == Privacy.HIDDEN;
  }

  /** What a request says of its sender's privacy: by its Privacy header, or by its From. */
  public static Privacy privacyOf(Arrival request) {
    Set<String> tokens =
        request.headers().get("privacy").stream()
            .flatMap(value -> Splitter.on(';').trimResults().splitToStream(value))
            .map(Ascii::toLowerCase)
            .collect(Collectors.toSet());
    if (tokens.contains("none")) {
      return Privacy.NONE;
    }
    boolean anonymous =
        CallerId.user(request.from().uri()).filter("anonymous"::equalsIgnoreCase).isPresent();
    return anonymous || tokens.stream().anyMatch(HIDING::contains)
        ? Privacy.HIDDEN
        : Privacy.UNSAID;
  }
}
