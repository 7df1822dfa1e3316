package org.ringdown.webrtc.web;

import org.eclipse.jetty.http.HttpFields;

/** The header fields that every response carries. */
final class SecurityHeaders {
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:;"
          + " media-src 'self' blob: data:; object-src 'none'; base-uri 'none';"
          + " frame-ancestors 'self'";

  private SecurityHeaders() {}

  static void put(HttpFields.Mutable headers) {
    headers.put("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Permissions-Policy", "microphone=(self), camera=(self)");
  }

  /** What is public anyway may be read by scripts of other origins (Fetch section 3.2). */
  static void openToAllOrigins(HttpFields.Mutable headers) {
    headers.put("Access-Control-Allow-Origin", "*");
    headers.put("Cross-Origin-Resource-Policy", "cross-origin");
  }
}
