package org.ringdown.gateway.routing.address;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A SIP or SIPS URI taken apart, to be compared (RFC 3261 sections 19.1.1 and 19.1.4).
 *
 * @param scheme {@code sip} or {@code sips}
 * @param user the user part, unescaped, empty for none
 * @param password the password, unescaped, empty for none
 * @param hostPort host and port as written, in lower case
 * @param parameters the URI parameters, names and values in lower case
 * @param headers the header part's fields
 */
public record SipUri(
    String scheme,
    String user,
    String password,
    String hostPort,
    ImmutableMap<String, String> parameters,
    ImmutableSet<String> headers) {
  /** Parameters without which a URI means something else; of others a lack does not count. */
  private static final ImmutableSet<String> SIGNIFICANT =
      ImmutableSet.of("transport", "user", "ttl", "method", "maddr");

  /** Takes a URI apart; empty if it is no SIP URI or names no host. */
  public static Optional<SipUri> parse(String text) {
    int colon = text.indexOf(':');
    String scheme = Ascii.toLowerCase(text.substring(0, Math.max(0, colon)));
    if (!scheme.equals("sip") && !scheme.equals("sips")) {
      return Optional.empty();
    }
    int at = text.indexOf('@');
    String userInfo = at < 0 ? "" : text.substring(colon + 1, at);
    String rest = text.substring(Math.max(at, colon) + 1);
    int question = rest.indexOf('?');
    String address = question < 0 ? rest : rest.substring(0, question);
    String headers = question < 0 ? "" : rest.substring(question + 1);
    return build(scheme, userInfo, address, headers);
  }

  /** Whether both mean the same contact. Not transitive, as the RFC has it. */
  public boolean matches(SipUri other) {
    return scheme.equals(other.scheme)
        && user.equals(other.user)
        && password.equals(other.password)
        && hostPort.equals(other.hostPort)
        && headers.equals(other.headers)
        && parametersMatch(other);
  }

  private boolean parametersMatch(SipUri other) {
    boolean sameWhereBoth =
        Sets.intersection(parameters.keySet(), other.parameters.keySet()).stream()
            .allMatch(name -> parameters.getOrDefault(name, "").equals(other.parameters.get(name)));
    boolean noneLacking =
        Sets.symmetricDifference(parameters.keySet(), other.parameters.keySet()).stream()
            .noneMatch(SIGNIFICANT::contains);
    return sameWhereBoth && noneLacking;
  }

  private static Optional<SipUri> build(
      String scheme, String userInfo, String address, String headers) {
    int colon = userInfo.indexOf(':');
    Optional<String> user = Escapes.decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
    Optional<String> password = Escapes.decode(colon < 0 ? "" : userInfo.substring(colon + 1));
    int semicolon = address.indexOf(';');
    String hostPort = semicolon < 0 ? address : address.substring(0, semicolon);
    if (user.isEmpty() || password.isEmpty() || hostPort.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SipUri(
            scheme,
            user.get(),
            password.get(),
            Ascii.toLowerCase(hostPort),
            parameters(semicolon < 0 ? "" : address.substring(semicolon + 1)),
            ImmutableSortedSet.copyOf(Splitter.on('&').omitEmptyStrings().split(headers))));
  }

  private static ImmutableMap<String, String> parameters(String text) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String parameter : Splitter.on(';').omitEmptyStrings().split(Ascii.toLowerCase(text))) {
      int equals = parameter.indexOf('=');
      parameters.putIfAbsent(
          equals < 0 ? parameter : parameter.substring(0, equals),
          equals < 0 ? "" : parameter.substring(equals + 1));
    }
    return ImmutableMap.copyOf(parameters);
  }
}
