package org.ringdown.gateway.testkit.sip.message;

import com.google.common.collect.ImmutableMap;

/** Reason phrases (RFC 3261 section 21). Safe from any thread. */
public final class Statuses {
  private static final ImmutableMap<Integer, String> PHRASES =
      ImmutableMap.<Integer, String>builder()
          .put(100, "Trying")
          .put(180, "Ringing")
          .put(183, "Session Progress")
          .put(200, "OK")
          .put(202, "Accepted")
          .put(302, "Moved Temporarily")
          .put(400, "Bad Request")
          .put(401, "Unauthorized")
          .put(403, "Forbidden")
          .put(404, "Not Found")
          .put(407, "Proxy Authentication Required")
          .put(408, "Request Timeout")
          .put(480, "Temporarily Unavailable")
          .put(481, "Call/Transaction Does Not Exist")
          .put(486, "Busy Here")
          .put(487, "Request Terminated")
          .put(488, "Not Acceptable Here")
          .put(491, "Request Pending")
          .put(500, "Server Internal Error")
          .put(503, "Service Unavailable")
          .put(600, "Busy Everywhere")
          .put(603, "Decline")
          .buildOrThrow();

  private Statuses() {}

  /** Of a status code. */
  public static String phrase(int code) {
    return PHRASES.getOrDefault(code, "Whatever");
  }
}
