package org.ringdown.gateway.bridge.reason;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.sip.message.SipStatus;

/**
 * What a refusal over SIP means, and its ITU-T Q.850 cause (RFC 3398 section 8.2.6.1, RFC 4497
 * section 8.4.4, and the statuses that came later).
 */
public final class Refusal {
  /** A status and what it is. */
  private record Meaning(Kind kind, int cause) {}

  private static final int INTERWORKING = 127;

  private static final ImmutableMap<Integer, Meaning> MEANINGS =
      ImmutableMap.<Integer, Meaning>builder()
          .put(400, new Meaning(Kind.REFUSED, 41))
          .put(401, new Meaning(Kind.FORBIDDEN, 21))
          .put(402, new Meaning(Kind.FORBIDDEN, 21))
          .put(403, new Meaning(Kind.FORBIDDEN, 21))
          .put(404, new Meaning(Kind.NOT_FOUND, 1))
          .put(405, new Meaning(Kind.REFUSED, 63))
          .put(406, new Meaning(Kind.REFUSED, 79))
          .put(407, new Meaning(Kind.FORBIDDEN, 21))
          .put(408, new Meaning(Kind.NO_ANSWER, 102))
          .put(410, new Meaning(Kind.NOT_FOUND, 22))
          .put(415, new Meaning(Kind.NOT_ACCEPTABLE_MEDIA, 79))
          .put(428, new Meaning(Kind.FORBIDDEN, 21))
          .put(433, new Meaning(Kind.FORBIDDEN, 21))
          .put(436, new Meaning(Kind.FORBIDDEN, 21))
          .put(437, new Meaning(Kind.FORBIDDEN, 21))
          .put(438, new Meaning(Kind.FORBIDDEN, 21))
          .put(480, new Meaning(Kind.UNAVAILABLE, 18))
          .put(481, new Meaning(Kind.REFUSED, 41))
          .put(482, new Meaning(Kind.UNAVAILABLE, 25))
          .put(483, new Meaning(Kind.UNAVAILABLE, 25))
          .put(484, new Meaning(Kind.NOT_FOUND, 28))
          .put(485, new Meaning(Kind.NOT_FOUND, 1))
          .put(486, new Meaning(Kind.BUSY, 17))
          .put(487, new Meaning(Kind.CANCELLED, 16))
          .put(488, new Meaning(Kind.NOT_ACCEPTABLE_MEDIA, 88))
          .put(493, new Meaning(Kind.NOT_ACCEPTABLE_MEDIA, 79))
          .put(500, new Meaning(Kind.UNAVAILABLE, 41))
          .put(501, new Meaning(Kind.UNAVAILABLE, 79))
          .put(502, new Meaning(Kind.UNAVAILABLE, 38))
          .put(503, new Meaning(Kind.OVERLOADED, 41))
          .put(504, new Meaning(Kind.UNAVAILABLE, 102))
          .put(600, new Meaning(Kind.BUSY, 17))
          .put(603, new Meaning(Kind.DECLINED, 21))
          .put(604, new Meaning(Kind.NOT_FOUND, 1))
          .put(606, new Meaning(Kind.NOT_ACCEPTABLE_MEDIA, 88))
          .put(607, new Meaning(Kind.DECLINED, 21))
          .put(608, new Meaning(Kind.DECLINED, 21))
          .buildOrThrow();

  /** Statuses that say little: a cause that comes with them says more. */
  private static final ImmutableSet<Integer> VAGUE = ImmutableSet.of(480, 500, 503);

  private static final ImmutableMap<Integer, Kind> BY_CAUSE =
      ImmutableMap.of(
          1, Kind.NOT_FOUND,
          17, Kind.BUSY,
          18, Kind.NO_ANSWER,
          19, Kind.NO_ANSWER,
          20, Kind.UNAVAILABLE,
          21, Kind.DECLINED,
          27, Kind.UNAVAILABLE,
          28, Kind.NOT_FOUND);

  private Refusal() {}

  /** What a final response of 300 and more means. */
  public static Kind kindOf(SipStatus status) {
    Kind kind = meaning(status.code()).kind();
    return VAGUE.contains(status.code()) ? BY_CAUSE.getOrDefault(status.q850Cause(), kind) : kind;
  }

  /** The cause of a status that a leg gave without one; {@code otherwise}'s if it gave none. */
  static int causeOf(int code, SipStatus otherwise) {
    return code >= 400 ? meaning(code).cause() : otherwise.q850Cause();
  }

  private static Meaning meaning(int code) {
    Meaning known = MEANINGS.get(code);
    if (known != null) {
      return known;
    }
    return switch (code / 100) {
      case 5 -> new Meaning(Kind.UNAVAILABLE, INTERWORKING);
      case 6 -> new Meaning(Kind.DECLINED, 21);
      default -> new Meaning(Kind.REFUSED, INTERWORKING);
    };
  }
}
