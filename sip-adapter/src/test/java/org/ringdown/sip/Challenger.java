package org.ringdown.sip;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.ringdown.sip.auth.DigestAlgorithm;
import org.ringdown.sip.auth.DigestServer;
import org.ringdown.sip.auth.DigestVerdict;
import org.ringdown.sip.challenge.SipCredentials;
import org.ringdown.sip.wire.SipText;

/** A server that knows {@code gw} with the password {@code secret}, and asks for it. */
final class Challenger {
  static final SipCredentials RIGHT = new SipCredentials("gw", "secret", null);
  static final SipCredentials WRONG = new SipCredentials("gw", "guess", null);

  private final DigestAlgorithm algorithm;
  private final DigestServer server;

  Challenger(DigestAlgorithm algorithm) {
    this.algorithm = algorithm;
    this.server =
        new DigestServer(
            "pbx", ImmutableSet.of(algorithm), Duration.ofMinutes(5), Clock.systemUTC());
  }

  /** The header field of a 401. */
  String ofServer() {
    return "WWW-Authenticate: " + challenge();
  }

  /** The header field of a 407. */
  String ofProxy() {
    return "Proxy-Authenticate: " + challenge();
  }

  private String challenge() {
    return server.challenges(ImmutableList.of(algorithm), false).get(0);
  }

  /** Whether the credentials in that header of a request are right. */
  boolean accepts(SipText request, String header) {
    String method = request.summary();
    return server.verify(method, request.all(header), user -> Optional.of("secret"))
        instanceof DigestVerdict.Verified;
  }
}
