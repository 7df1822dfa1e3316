package org.ringdown.sip.challenge;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.sip.message.Request;
import org.ringdown.sip.auth.DigestAlgorithm;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.transport.PacketSource;

/**
 * Which algorithms to challenge a phone with.
 *
 * <p>RFC 8760 section 2.4 wants one challenge for each algorithm, the best first, and the phone to
 * take the first it knows. Many phones know MD5 only and do so (linphone). But baresip before 2.0
 * gives up on any challenge that is not MD5, wherever it stands, and SIPp looks at the first only.
 * Those get MD5 alone: baresip by its name, SIPp because its scenarios name no User-Agent, and any
 * other of their kind when it comes back without credentials after it was challenged. Safe from any
 * thread.
 */
final class AlgorithmChoice {
  static final ImmutableList<DigestAlgorithm> ALL =
      ImmutableList.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5);
  private static final ImmutableList<DigestAlgorithm> SIMPLE =
      ImmutableList.of(DigestAlgorithm.MD5);
  private static final Pattern KNOWN_SIMPLE = Pattern.compile("(?i)baresip v[01]\\.|$");

  private final Cache<String, Boolean> unanswered =
      CacheBuilder.newBuilder()
          .maximumSize(10_000)
          .expireAfterWrite(Duration.ofMinutes(10))
          .build();

  /** What to offer to the sender of a request without credentials. */
  ImmutableList<DigestAlgorithm> offerTo(Request request) {
    String userAgent = userAgent(request);
    boolean again = unanswered.asMap().put(key(request, userAgent), true) != null;
    return again || KNOWN_SIMPLE.matcher(userAgent).lookingAt() ? SIMPLE : ALL;
  }

  /** The sender of this request can answer what it was offered. */
  void answered(Request request) {
    unanswered.invalidate(key(request, userAgent(request)));
  }

  private static String userAgent(Request request) {
    return String.join(" ", Requests.values(request, "User-Agent"));
  }

  private static String key(Request request, String userAgent) {
    return PacketSource.of(request).address() + " " + userAgent;
  }
}
