package org.ringdown.sip.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The value of one Authorization or Proxy-Authorization header (RFC 7616 section 3.4). Immutable,
 * safe from any thread.
 *
 * @param user who claims to send the request
 * @param realm the realm of the challenge
 * @param nonce the nonce of the challenge
 * @param uri the digest-uri, normally the Request-URI
 * @param response the hexadecimal digest
 * @param algorithm the hash used, null if it is one we do not speak
 * @param opaque as it stood in the challenge, null if none
 * @param count what belongs to {@code qop=auth}, null for a response by RFC 2069
 */
public record DigestCredentials(
    String user,
    String realm,
    String nonce,
    String uri,
    String response,
    @Nullable DigestAlgorithm algorithm,
    @Nullable String opaque,
    @Nullable Count count) {

  /**
   * The nonce count and the client's nonce.
   *
   * @param nc eight hexadecimal digits, counting the requests sent with this nonce from 1
   * @param cnonce the client's own random text
   */
  public record Count(String nc, String cnonce) {
    /** The count as a number; 0 if it is not eight hexadecimal digits, which is never valid. */
    public long number() {
      return nc.matches("[0-9a-fA-F]{8}") ? Long.parseLong(nc, 16) : 0;
    }
  }

  /**
   * Reads a header value.
   *
   * @throws DigestSyntaxException if it is malformed or leaves out what must be there
   */
  public static DigestCredentials parse(String header) throws DigestSyntaxException {
    DigestParameters given = DigestParameters.parse(header);
    return new DigestCredentials(
        given.require("username"),
        given.require("realm"),
        given.require("nonce"),
        given.require("uri"),
        given.require("response"),
        DigestAlgorithm.of(given.find("algorithm").orElse("MD5")).orElse(null),
        given.orNull("opaque"),
        countIn(given));
  }

  private static @Nullable Count countIn(DigestParameters given) throws DigestSyntaxException {
    String qop = given.orNull("qop");
    if (qop == null) {
      return null;
    }
    if (!qop.equalsIgnoreCase("auth")) {
      throw new DigestSyntaxException("a qop that was not offered");
    }
    return new Count(given.require("nc"), given.require("cnonce"));
  }

  /** The header value that says this. */
  public String headerValue() {
    Map<String, @Nullable String> parameters = new LinkedHashMap<>();
    parameters.put("username", DigestParameters.quoted(user));
    parameters.put("realm", DigestParameters.quoted(realm));
    parameters.put("nonce", DigestParameters.quoted(nonce));
    parameters.put("uri", DigestParameters.quoted(uri));
    parameters.put("response", DigestParameters.quoted(response));
    parameters.put("algorithm", algorithm == null ? null : algorithm.token());
    parameters.put("opaque", opaque == null ? null : DigestParameters.quoted(opaque));
    if (count != null) {
      parameters.put("qop", "auth");
      parameters.put("nc", count.nc());
      parameters.put("cnonce", DigestParameters.quoted(count.cnonce()));
    }
    return DigestParameters.write(parameters);
  }

  /** The response these credentials ought to carry if the password is this one. */
  String expectedResponse(DigestAlgorithm hash, String method, String password) {
    String ha1 = hash.hash(user + ":" + realm + ":" + password);
    String ha2 = hash.hash(method + ":" + uri);
    String middle =
        count == null ? nonce : nonce + ":" + count.nc() + ":" + count.cnonce() + ":auth";
    return hash.hash(ha1 + ":" + middle + ":" + ha2);
  }
}
