package org.ringdown.webrtc.dtls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
  private static final byte[] CERTIFICATE = "any bytes will do".getBytes(UTF_8);

  @Test
  void oursIsSha256InUpperCaseHexWithColons() {
    assertThat(Fingerprints.sha256(CERTIFICATE)).matches("sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}");
    assertThat(Fingerprints.match(List.of(Fingerprints.sha256(CERTIFICATE)), CERTIFICATE)).isTrue();
  }

  @Test
  void allHashesThatBrowsersUseAreUnderstoodInAnyCase() {
    for (String line :
        List.of(
            line("sha-256", Hashing.sha256()),
            line("sha-384", Hashing.sha384()),
            line("sha-512", Hashing.sha512()),
            line("sha-256", Hashing.sha256()).toLowerCase(Locale.ROOT),
            line("SHA-256", Hashing.sha256()))) {
      assertThat(Fingerprints.match(List.of(line), CERTIFICATE)).as(line).isTrue();
      assertThat(Fingerprints.match(List.of(line), new byte[] {1})).as(line).isFalse();
    }
  }

  @Test
  @SuppressWarnings("deprecation") // old peers use SHA-1
  void sha1CountsOnlyIfThereIsNothingBetter() {
    String sha1 = line("sha-1", Hashing.sha1());
    String wrongSha256 = "sha-256 " + "00:".repeat(31) + "00";

    assertThat(Fingerprints.match(List.of(sha1), CERTIFICATE)).isTrue();
    assertThat(Fingerprints.match(List.of(sha1, wrongSha256), CERTIFICATE)).isFalse();
  }

  @Test
  void oneOfSeveralIsEnough() {
    String right = line("sha-256", Hashing.sha256());
    String wrong = "sha-256 " + "00:".repeat(31) + "00";
    assertThat(Fingerprints.match(List.of(wrong, right), CERTIFICATE)).isTrue();
  }

  @Test
  void whatCannotBeReadMatchesNothing() {
    assertThat(
            Fingerprints.match(
                List.of("", "sha-256", "md5 00:11", "sha-256 xyz", "  ", "sha-999 00"),
                CERTIFICATE))
        .isFalse();
    assertThat(Fingerprints.match(List.of(), CERTIFICATE)).isFalse();
  }

  private static String line(String name, HashFunction hash) {
    return name
        + " "
        + BaseEncoding.base16().withSeparator(":", 2).encode(hash.hashBytes(CERTIFICATE).asBytes());
  }
}
