package org.ringdown.sip;

import com.google.common.collect.ImmutableList;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.ringdown.sip.auth.DigestAlgorithm;
import org.ringdown.sip.auth.DigestServer;
import org.ringdown.sip.auth.DigestVerdict;

/** Checks the Authorization of requests and writes challenges. Safe from any thread. */
final class AuthenticationCheck {
  /**
   * We do not put the strongest first, as RFC 8760 section 2.4 asks ("in descending order of
   * preference"), because phones in the field (baresip 1.0) look at the first challenge only and
   * give up if it is not MD5. Who knows SHA-256 finds it behind.
   */
  private static final ImmutableList<DigestAlgorithm> OFFERED =
      ImmutableList.of(DigestAlgorithm.MD5);

  private final DigestServer server;
  private final Function<String, Optional<String>> passwordOf;

  AuthenticationCheck(
      String realm, Duration nonceLifetime, Function<String, Optional<String>> passwordOf) {
    this.server = new DigestServer(realm, OFFERED, nonceLifetime, Clock.systemUTC());
    this.passwordOf = passwordOf;
  }

  /** What the credentials of a request prove. */
  Authentication check(Request request) {
    DigestVerdict verdict =
        server.verify(request.getMethod(), Requests.values(request, "Authorization"), passwordOf);
    if (verdict instanceof DigestVerdict.None) {
      return new Authentication.None();
    }
    if (verdict instanceof DigestVerdict.Verified verified) {
      return new Authentication.Verified(verified.user());
    }
    if (verdict instanceof DigestVerdict.Stale stale) {
      return new Authentication.Stale(stale.user());
    }
    if (verdict instanceof DigestVerdict.Failed failed) {
      return new Authentication.Failed(failed.user());
    }
    throw new AssertionError(verdict);
  }

  /** Adds fresh challenges to a 401. */
  void challenge(Response response, Authentication proved) {
    SipMessages.add(
        response, "WWW-Authenticate", server.challenges(proved instanceof Authentication.Stale));
  }
}
