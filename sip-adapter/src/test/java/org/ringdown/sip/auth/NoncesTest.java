package org.ringdown.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NoncesTest {
  private final Nonces nonces = new Nonces(Clock.systemUTC(), Duration.ofMinutes(5), 2);

  @Test
  void countsUpOnly() {
    String nonce = nonces.issue();
    assertThat(nonces.use(nonce, 1)).isTrue();
    assertThat(nonces.use(nonce, 3)).isTrue();
    assertThat(nonces.use(nonce, 2)).isFalse();
    assertThat(nonces.use(nonce, 0)).isFalse();
  }

  @Test
  void knowsItsOwnNoncesOnly() {
    String nonce = nonces.issue();
    String forged = (nonce.charAt(0) == 'A' ? "B" : "A") + nonce.substring(1);
    assertThat(nonces.use(forged, 1)).isFalse();
    assertThat(nonces.use("", 1)).isFalse();
    assertThat(nonces.use("not base64 at all!", 1)).isFalse();
    assertThat(nonces.use(nonce, 1)).isTrue();
  }

  @Test
  void neverAcceptsAReplayOfANonceItHadToForget() {
    String first = nonces.issue();
    nonces.use(first, 1);
    nonces.use(nonces.issue(), 1);
    nonces.use(nonces.issue(), 1);
    assertThat(nonces.use(first, 1)).isFalse();
    assertThat(nonces.use(first, 2)).isFalse();
  }
}
