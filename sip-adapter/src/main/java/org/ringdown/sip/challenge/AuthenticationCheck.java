package org.ringdown.sip.challenge;

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
import org.ringdown.sip.guard.Scanners;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.transport.PacketSource;

/**
 * Checks the Authorization of requests, writes challenges, and keeps count of both. Safe from any
 * thread.
 */
public final class AuthenticationCheck {
  private final AlgorithmChoice choice = new AlgorithmChoice();
  private final DigestServer server;
  private final Function<String, Optional<String>> passwordOf;
  private final Scanners scanners;

  /** Checks by the passwords that are looked up so, and tells who guesses. */
  public AuthenticationCheck(
      String realm,
      Duration nonceLifetime,
      Function<String, Optional<String>> passwordOf,
      Scanners scanners) {
    this.server =
        new DigestServer(
            realm, ImmutableSet.copyOf(AlgorithmChoice.ALL), nonceLifetime, Clock.systemUTC());
    this.passwordOf = passwordOf;
    this.scanners = scanners;
  }

  /** What the credentials of a request prove. */
  public Authentication check(Request request) {
    DigestVerdict verdict =
        server.verify(request.getMethod(), Requests.values(request, "Authorization"), passwordOf);
    if (verdict instanceof DigestVerdict.None) {
      return new Authentication.None();
    }
    choice.answered(request);
    if (verdict instanceof DigestVerdict.Verified verified) {
      scanners.proved(PacketSource.of(request).address().getAddress());
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
  public void challenge(Response response, Request request, Authentication proved) {
    scanners.challenged(PacketSource.of(request).address().getAddress());
    boolean stale = proved instanceof Authentication.Stale;
    ImmutableList<DigestAlgorithm> offer =
        proved instanceof Authentication.None ? choice.offerTo(request) : AlgorithmChoice.ALL;
    SipMessages.add(response, "WWW-Authenticate", server.challenges(offer, stale));
  }
}
