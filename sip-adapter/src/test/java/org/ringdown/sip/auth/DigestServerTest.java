package org.ringdown.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringdown.sip.auth.DigestAlgorithm.MD5;
import static org.ringdown.sip.auth.DigestAlgorithm.SHA_256;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestServerTest {
  private static final String URI = "sip:example.org";

  private final SettableClock clock = new SettableClock();
  private final DigestServer server = server();

  private static Optional<String> passwordOf(String user) {
    return Optional.ofNullable(Map.of("alice", "secret").get(user));
  }

  private DigestServer server() {
    return new DigestServer("example.org", Set.of(MD5, SHA_256), Duration.ofMinutes(5), clock);
  }

  private DigestVerdict check(String header) {
    return server.verify("REGISTER", List.of(header), DigestServerTest::passwordOf);
  }

  private DigestClient challenged(String user, String password) {
    DigestClient client = new DigestClient(user, password);
    assertThat(client.challenged(server.challenges(List.of(MD5, SHA_256), false))).isTrue();
    return client;
  }

  private static String answer(DigestClient client) {
    return client.authorization("REGISTER", URI).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void acceptsTheRightPasswordWithEitherAlgorithm(DigestAlgorithm algorithm) {
    DigestClient client = new DigestClient("alice", "secret");
    client.challenged(server.challenges(List.of(algorithm), false));
    assertThat(check(answer(client))).isEqualTo(new DigestVerdict.Verified("alice"));
  }

  @Test
  void offersOneChallengePerAlgorithmInOrderOfPreference() throws Exception {
    List<DigestAlgorithm> offered = new ArrayList<>();
    for (String header : server.challenges(List.of(SHA_256, MD5), true)) {
      DigestChallenge challenge = DigestChallenge.parse(header);
      offered.add(challenge.algorithm());
      assertThat(challenge.stale()).isTrue();
      assertThat(challenge.qopAuth()).isTrue();
      assertThat(challenge.realm()).isEqualTo("example.org");
      assertThat(challenge.opaque()).isNotEmpty();
    }
    assertThat(offered).containsExactly(SHA_256, MD5);
  }

  @Test
  void refusesAWrongPassword() {
    assertThat(check(answer(challenged("alice", "guess"))))
        .isEqualTo(new DigestVerdict.Failed("alice"));
  }

  @Test
  void answersAnUnknownUserLikeAWrongPassword() {
    assertThat(check(answer(challenged("mallory", "secret"))))
        .isEqualTo(new DigestVerdict.Failed("mallory"));
  }

  @Test
  void refusesAResponseMadeForAnotherMethod() {
    String header = challenged("alice", "secret").authorization("INVITE", URI).orElseThrow();
    assertThat(check(header)).isEqualTo(new DigestVerdict.Failed("alice"));
  }

  @Test
  void takesTheSameNonceAgainWithAHigherCount() {
    DigestClient client = challenged("alice", "secret");
    assertThat(check(answer(client))).isEqualTo(new DigestVerdict.Verified("alice"));
    assertThat(check(answer(client))).isEqualTo(new DigestVerdict.Verified("alice"));
  }

  @Test
  void callsAReplayStale() {
    String header = answer(challenged("alice", "secret"));
    check(header);
    assertThat(check(header)).isEqualTo(new DigestVerdict.Stale("alice"));
  }

  @Test
  void callsAnOldNonceStale() {
    DigestClient client = challenged("alice", "secret");
    clock.advance(Duration.ofMinutes(5).plusMillis(1));
    assertThat(check(answer(client))).isEqualTo(new DigestVerdict.Stale("alice"));
  }

  @Test
  void callsTheNonceOfAnEarlierRunStaleSoThatPhonesSurviveARestart() {
    DigestClient client = new DigestClient("alice", "secret");
    client.challenged(server().challenges(List.of(MD5), false));
    assertThat(check(answer(client))).isEqualTo(new DigestVerdict.Stale("alice"));
  }

  @Test
  void doesNotCallAWrongPasswordWithAnOldNonceStale() {
    DigestClient client = challenged("alice", "guess");
    clock.advance(Duration.ofHours(1));
    assertThat(check(answer(client))).isEqualTo(new DigestVerdict.Failed("alice"));
  }

  @Test
  void givesAResponseWithoutQopOneUseOfItsNonce() throws Exception {
    DigestChallenge offered =
        DigestChallenge.parse(server.challenges(List.of(MD5, SHA_256), false).get(0));
    DigestChallenge old =
        new DigestChallenge("example.org", offered.nonce(), null, MD5, false, false);
    DigestClient client = new DigestClient("alice", "secret");
    client.challenged(List.of(old.headerValue()));
    assertThat(check(answer(client))).isEqualTo(new DigestVerdict.Verified("alice"));
    assertThat(check(answer(client))).isEqualTo(new DigestVerdict.Stale("alice"));
  }

  @Test
  void passesOverCredentialsForAnotherRealm() {
    DigestClient client = new DigestClient("alice", "secret");
    client.challenged(
        new DigestServer("elsewhere", Set.of(MD5), Duration.ofMinutes(1), clock)
            .challenges(List.of(MD5), false));
    assertThat(check(answer(client))).isEqualTo(new DigestVerdict.None());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Digest",
        "Basic YWxpY2U6c2VjcmV0",
        "Digest realm=\"example.org\"",
        "Digest username=\"alice",
        "Digest username=\"a\", username=\"b\"",
        "Digest username=\"a\", realm=\"example.org\", nonce=\"\", uri=\"\", response=\"\", qop=x",
      })
  void treatsWhatItCannotReadAsNoCredentials(String header) {
    assertThat(check(header)).isEqualTo(new DigestVerdict.None());
  }

  @ParameterizedTest
  @ValueSource(strings = {"MD5-sess", "SHA-512-256", "ROT13"})
  void refusesAnAlgorithmItDidNotOffer(String algorithm) {
    String header = answer(challenged("alice", "secret")).replace("=MD5", "=" + algorithm);
    assertThat(check(header)).isEqualTo(new DigestVerdict.Failed("alice"));
  }

  @Test
  void refusesACountThatIsNoCount() {
    assertThat(new DigestCredentials.Count("1", "c").number()).isZero();
    assertThat(new DigestCredentials.Count("0000000a", "c").number()).isEqualTo(10);
  }

  /** A clock the test moves. */
  private static final class SettableClock extends Clock {
    private Instant now = Instant.parse("2024-01-01T00:00:00Z");

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
