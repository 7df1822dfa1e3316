package org.ringdown.sip;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
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
  private final AlgorithmChoice choice = new AlgorithmChoice();
  private final DigestServer server;
  private final Function<String, Optional<String>> passwordOf;

  AuthenticationCheck(
      String realm, Duration nonceLifetime, Function<String, Optional<String>> passwordOf) {
    this.server =
        new DigestServer(
            realm, ImmutableSet.copyOf(AlgorithmChoice.ALL), nonceLifetime, Clock.systemUTC());
    this.passwordOf = passwordOf;
  }

  /** What the credentials of a request prove. */
  Authentication check(Request request) {
    DigestVerdict verdict =
        server.verify(request.getMethod(), Requests.values(request, "Authorization"), passwordOf);
    if (verdict instanceof DigestVerdict.None) {
      return new Authentication.None();
    }
    choice.answered(request);
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

  /** Adds fresh challenges to a 401 to this request. */
  void challenge(Response response, Request request, Authentication proved) {
    boolean stale = proved instanceof Authentication.Stale;
    ImmutableList<DigestAlgorithm> offer =
        proved instanceof Authentication.None ? choice.offerTo(request) : AlgorithmChoice.ALL;
    SipMessages.add(response, "WWW-Authenticate", server.challenges(offer, stale));
  }
}
