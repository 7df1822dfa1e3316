package org.ringdown.sip.auth;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The value of one WWW-Authenticate or Proxy-Authenticate header (RFC 7616 section 3.3, RFC 8760
 * section 2.4). Immutable, safe from any thread.
 *
 * @param realm whose password is asked for
 * @param nonce what the response must be computed with
 * @param opaque to be returned unchanged, null if none was sent
 * @param algorithm the hash to use
 * @param qopAuth whether {@code qop=auth} is offered; without it the response is the short one of
 *     RFC 2069
 * @param stale true if the last response was right but its nonce too old
 */
public record DigestChallenge(
    String realm,
    String nonce,
    @Nullable String opaque,
    DigestAlgorithm algorithm,
    boolean qopAuth,
    boolean stale) {

  /**
   * Reads a header value.
   *
   * @throws DigestSyntaxException if it is malformed, or asks for an algorithm or a quality of
   *     protection we do not speak
   */
  public static DigestChallenge parse(String header) throws DigestSyntaxException {
    DigestParameters given = DigestParameters.parse(header);
    String token = given.find("algorithm").orElse("MD5");
    DigestAlgorithm algorithm =
        DigestAlgorithm.of(token)
            .orElseThrow(() -> new DigestSyntaxException("an unknown algorithm"));
    return new DigestChallenge(
        given.require("realm"),
        given.require("nonce"),
        given.orNull("opaque"),
        algorithm,
        offersAuth(given),
        "true".equalsIgnoreCase(given.orNull("stale")));
  }

  private static boolean offersAuth(DigestParameters given) throws DigestSyntaxException {
    String qop = given.orNull("qop");
    if (qop == null) {
      return false;
    }
    if (Arrays.stream(qop.split(",")).anyMatch(q -> q.trim().equalsIgnoreCase("auth"))) {
      return true;
    }
    throw new DigestSyntaxException("no qop=auth among those offered");
  }

  /** The header value that says this. */
  public String headerValue() {
    Map<String, @Nullable String> parameters = new LinkedHashMap<>();
    parameters.put("realm", DigestParameters.quoted(realm));
    parameters.put("nonce", DigestParameters.quoted(nonce));
    parameters.put("opaque", opaque == null ? null : DigestParameters.quoted(opaque));
    parameters.put("stale", stale ? "true" : null);
    parameters.put("algorithm", algorithm.token());
    parameters.put("qop", qopAuth ? DigestParameters.quoted("auth") : null);
    return DigestParameters.write(parameters);
  }
}
