package org.ringdown.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DigestClientTest {
  private static final String SHA_512 =
      "Digest realm=\"r\", nonce=\"n0\", algorithm=SHA-512-256, qop=\"auth\"";
  private static final String SHA_256 =
      "Digest realm=\"r\", nonce=\"n1\", algorithm=SHA-256, qop=\"auth\"";
  private static final String MD5 = "Digest realm=\"r\", nonce=\"n2\", qop=\"auth\"";

  private final DigestClient client = new DigestClient("al\"ice", "secret");

  @Test
  void hasNoCredentialsBeforeAChallenge() {
    assertThat(client.authorization("REGISTER", "sip:r")).isEmpty();
  }

  @Test
  void takesTheFirstChallengeItCanAnswer() throws Exception {
    client.challenged(List.of(SHA_512, SHA_256, MD5));
    DigestCredentials answer = next();
    assertThat(answer.algorithm()).isEqualTo(DigestAlgorithm.SHA_256);
    assertThat(answer.nonce()).isEqualTo("n1");
    assertThat(answer.user()).isEqualTo("al\"ice");
  }

  @Test
  void countsTheUsesOfANonce() throws Exception {
    client.challenged(List.of(MD5));
    assertThat(next().count()).extracting(c -> c == null ? 0 : c.number()).isEqualTo(1L);
    assertThat(next().count()).extracting(c -> c == null ? 0 : c.number()).isEqualTo(2L);
  }

  @Test
  void knowsThatASecondChallengeIsARefusal() {
    assertThat(client.challenged(List.of(MD5))).isTrue();
    client.authorization("REGISTER", "sip:r");
    assertThat(client.challenged(List.of(MD5))).isFalse();
  }

  @Test
  void answersAgainWhereTheNonceWasStale() {
    client.challenged(List.of(MD5));
    client.authorization("REGISTER", "sip:r");
    assertThat(client.challenged(List.of(MD5 + ", stale=TRUE"))).isTrue();
  }

  @Test
  void cannotAnswerWhatItDoesNotSpeak() {
    assertThat(client.challenged(List.of(SHA_512, "Basic realm=\"r\"", "Digest x"))).isFalse();
    assertThat(client.authorization("REGISTER", "sip:r")).isEmpty();
  }

  private DigestCredentials next() throws DigestSyntaxException {
    return DigestCredentials.parse(client.authorization("REGISTER", "sip:r").orElseThrow());
  }
}
