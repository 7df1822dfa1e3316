package org.ringdown.webrtc.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.google.common.collect.ImmutableList;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerKeysTest {
  private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");
  private static final char[] PASSWORD = "secret".toCharArray();

  @TempDir private Path folder;

  @Test
  void certificateIsGoodForItsHostsForAYear() throws Exception {
    X509Certificate made =
        certificate(
            ServerKeys.selfSigned(
                ImmutableList.of("gw.example", "192.0.2.1", "[2001:db8::1]"), PASSWORD, NOW));
    made.checkValidity(Date.from(NOW.plus(Duration.ofDays(364))));
    made.verify(made.getPublicKey());
    assertThat(made.getPublicKey().getAlgorithm()).isEqualTo("EC");
    assertThat(made.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(made.getBasicConstraints()).isEqualTo(-1);
    assertThat(made.getSubjectAlternativeNames().stream().map(name -> name.get(1)))
        .asList()
        .containsExactly("gw.example", "192.0.2.1", "2001:db8:0:0:0:0:0:1");
  }

  @Test
  void withoutHostsItIsForLocalhost() throws Exception {
    KeyStore store = ServerKeys.selfSigned(ImmutableList.of(), PASSWORD, NOW);
    assertThat(certificate(store).getSubjectAlternativeNames().toString()).contains("localhost");
  }

  @Test
  void keyStoreIsReadFromItsFile() throws Exception {
    Path file = stored(ServerKeys.selfSigned(ImmutableList.of("a"), PASSWORD, NOW));
    assertThat(ServerKeys.load(file, PASSWORD).isKeyEntry("ringdown")).isTrue();
  }

  @Test
  void anUnusableKeyStoreIsNamed() throws Exception {
    Path file = stored(ServerKeys.selfSigned(ImmutableList.of("a"), PASSWORD, NOW));
    assertThatIOException()
        .isThrownBy(() -> ServerKeys.load(file, "wrong".toCharArray()))
        .withMessageContaining("cannot read the key store " + file)
        .withMessageNotContaining("wrong");
    Path absent = folder.resolve("absent.p12");
    assertThatIOException()
        .isThrownBy(() -> ServerKeys.load(absent, PASSWORD))
        .withMessageContaining(absent.toString());
    KeyStore empty = KeyStore.getInstance("PKCS12");
    empty.load(null, PASSWORD);
    Path keyless = stored(empty);
    assertThatIOException()
        .isThrownBy(() -> ServerKeys.load(keyless, PASSWORD))
        .withMessageContaining("holds no private key");
  }

  private Path stored(KeyStore store) throws Exception {
    Path file = Files.createTempFile(folder, "keys", ".p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    }
    return file;
  }

  private static X509Certificate certificate(KeyStore store) throws Exception {
    return (X509Certificate) store.getCertificate("ringdown");
  }
}
