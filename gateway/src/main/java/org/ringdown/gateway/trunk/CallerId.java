package org.ringdown.gateway.trunk;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ringdown.gateway.routing.Rewriting;
import org.ringdown.sip.leg.Arrival;
import org.ringdown.sip.message.NameAddress;

/** Who calls, in the words of From and P-Asserted-Identity (RFC 3325). */
final class CallerId {
  private static final Pattern USER =
      Pattern.compile("(?i)(?:sips?:([^@:;?]+)(?:[:;][^@]*)?@.*|tel:([^;]+).*)");

  /** Possessive, so that a long name costs neither time nor stack. */
  private static final Pattern NAME_ADDRESS =
      Pattern.compile("\\s*+(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|([^<\"]*+))\\s*+<([^<>\\s]++)>.*");

  private CallerId() {}

  /**
   * The user part of a URI, as escaped as it is there, or the number of a tel URI; without what
   * carriers add to it, such as {@code ;cpc=ordinary}.
   */
  static Optional<String> user(String uri) {
    Matcher parts = USER.matcher(uri);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(parts.group(1)).or(() -> Optional.ofNullable(parts.group(2)));
  }

  /**
   * The sender of a request, as a user of this host.
   *
   * @param trusted whether P-Asserted-Identity is believed
   * @param numbers how callers' numbers are written here
   */
  static Caller of(Arrival request, String host, boolean trusted, Rewriting numbers) {
    NameAddress named = trusted ? asserted(request).orElse(request.from()) : request.from();
    String user = user(named.uri()).map(numbers::apply).orElse("anonymous");
    NameAddress name = new NameAddress(named.display(), "sip:" + user + "@" + host);
    return new Caller(name, Caller.privacyOf(request));
  }

  /** The same name with another number. */
  static NameAddress rewritten(NameAddress name, Rewriting numbers) {
    return user(name.uri())
        .map(
            user ->
                new NameAddress(
                    name.display(),
                    name.uri()
                        .replaceFirst(
                            Pattern.quote(user), Matcher.quoteReplacement(numbers.apply(user)))))
        .orElse(name);
  }

  private static Optional<NameAddress> asserted(Arrival request) {
    return request.headers().get("p-asserted-identity").stream()
        .map(NAME_ADDRESS::matcher)
        .filter(Matcher::matches)
        .map(CallerId::name)
        .filter(name -> user(name.uri()).isPresent())
        .findFirst();
  }

  private static NameAddress name(Matcher parts) {
    String quoted = parts.group(1);
    String display = quoted == null ? parts.group(2).trim() : quoted.replaceAll("\\\\(.)", "$1");
    return new NameAddress(display, parts.group(3));
  }

  /** The value of P-Asserted-Identity or P-Preferred-Identity for a caller. */
  static String header(NameAddress caller) {
    String uri = "<" + caller.uri() + ">";
    return caller.display().isEmpty()
        ? uri
        : "\"" + caller.display().replace("\\", "\\\\").replace("\"", "\\\"") + "\" " + uri;
  }
}
