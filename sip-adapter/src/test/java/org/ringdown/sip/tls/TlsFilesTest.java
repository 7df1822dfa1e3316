package org.ringdown.sip.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsFilesTest {
  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  @TempDir Path directory;

  private final TlsFiles files = new TlsFiles();

  private TestAuthority authority() throws IOException {
    return TestAuthority.in(directory, "authority");
  }

  private static Instant tomorrow() {
    return Instant.now().plusSeconds(86_400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void everyUsualKindOfKeyIsRead(String algorithm) throws IOException {
    KeyFile file = authority().certify("x", algorithm, tomorrow(), "DNS:x.example");

    assertThat(files.identity(file).certificate().getSubjectX500Principal()).hasToString("CN=x");
  }

  @ParameterizedTest
  @CsvSource({"traditional,''", "traditional,secret", "pkcs8,secret"})
  void everyUsualWayToWriteAKeyIsRead(String way, String password) throws Exception {
    KeyFile file = authority().certify("x", "RSA", tomorrow(), "DNS:x.example");
    PrivateKey key = Keys.read(file).key();
    Path written = directory.resolve("written.key");
    TestAuthority.write(written, way.equals("pkcs8") ? locked(key) : traditional(key, password));

    assertThat(Files.readString(written))
        .contains(way.equals("pkcs8") ? "BEGIN ENCRYPTED PRIVATE" : "BEGIN RSA PRIVATE");
    assertThat(Keys.read(new KeyFile(file.file(), written, password)).key()).isEqualTo(key);
  }

  private static Object locked(PrivateKey key) throws Exception {
    return new JcaPKCS8Generator(
        key,
        new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
            .setProvider(PROVIDER)
            .setPassword("secret".toCharArray())
            .build());
  }

  private static Object traditional(PrivateKey key, String password) throws IOException {
    return password.isEmpty()
        ? new JcaMiscPEMGenerator(key)
        : new JcaMiscPEMGenerator(
            key,
            new JcePEMEncryptorBuilder("AES-256-CBC")
                .setProvider(PROVIDER)
                .build(password.toCharArray()));
  }

  @Test
  void aKeyMayStandInTheFileOfTheCertificate() throws IOException {
    KeyFile pair = authority().certify("x");
    Path both = directory.resolve("both.pem");
    Files.writeString(
        both,
        "a heading\n"
            + Files.readString(pair.file())
            + Files.readString(directory.resolve("x.key")));

    assertThat(Keys.read(new KeyFile(both, null, ""))).isEqualTo(Keys.read(pair));
  }

  @Test
  void aPkcs12FileIsRead() throws IOException {
    TestAuthority authority = authority();
    KeyFile pair = authority.certify("x");
    KeyFile packed = authority.packed(pair, "secret");

    assertThat(Keys.read(packed)).isEqualTo(Keys.read(pair));
    assertThatThrownBy(() -> Keys.read(new KeyFile(packed.file(), null, "wrong")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("x.pem.p12")
        .hasMessageNotContaining("wrong");
    assertThat(packed.toString()).doesNotContain("secret");
  }

  @Test
  void whatDoesNotBelongTogetherIsRefused() throws IOException {
    KeyFile one = authority().certify("one");
    KeyFile two = authority().certify("two");
    Path text = Files.writeString(directory.resolve("text"), "-----BEGIN NOTHING-----\n");

    assertProblem(new KeyFile(one.file(), two.key(), ""), "private key is not that of the cert");
    assertProblem(new KeyFile(one.file(), null, ""), "there is no private key");
    assertProblem(new KeyFile(directory.resolve("two.key"), null, ""), "it holds no certificate");
    assertProblem(new KeyFile(text, null, ""), "cannot use the certificate of " + text);
  }

  private static void assertProblem(KeyFile file, String problem) {
    assertThatThrownBy(() -> Keys.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void aCertificateInTheListOfAuthoritiesIsBelievedAsItIs() throws Exception {
    X509Certificate[] pinned = chain(authority().certify("pinned"));
    X509Certificate[] other = chain(authority().certify("other"));
    Path file = directory.resolve("pins.pem");
    TestAuthority.write(file, pinned[0]);
    TlsTrust trust = files.trust(file);

    trust.check(pinned, "UNKNOWN");
    assertThatThrownBy(() -> trust.check(other, "UNKNOWN"))
        .isInstanceOf(CertificateException.class);
    TestAuthority.write(file, other[0]);
    files.refresh();
    trust.check(other, "UNKNOWN");
    assertThatThrownBy(() -> trust.check(pinned, "UNKNOWN"))
        .isInstanceOf(CertificateException.class);
  }

  @Test
  void aPinnedCertificateEndsTooWhenItsTimeIsOver() throws Exception {
    X509Certificate[] old = chain(authority().expired("old"));
    Path file = directory.resolve("pins.pem");
    TestAuthority.write(file, old[0]);

    assertThatThrownBy(() -> files.trust(file).check(old, "UNKNOWN"))
        .isInstanceOf(CertificateException.class);
  }

  @Test
  void whoIsKnownByAPublicAuthorityMustHaveTheName() throws Exception {
    X509Certificate[] chain = chain(authority().certify("x", "DNS:x.example"));
    TlsTrust trust = files.trust(authority().file());
    TestAuthority.write(trustFile(), chain[0]);
    TlsTrust pinned = files.trust(trustFile());

    assertThat(new TlsPeer("y.example", false, pinned, null).is(List.of(chain))).isTrue();
    assertThat(new TlsPeer("y.example", true, pinned, null).is(List.of(chain))).isFalse();
    assertThat(new TlsPeer("x.example", true, trust, null).is(List.of())).isFalse();
  }

  private Path trustFile() {
    return directory.resolve("pin.pem");
  }

  @Test
  void aMissingFileIsNamed() {
    Path nowhere = directory.resolve("nowhere.pem");

    assertThatThrownBy(() -> files.trust(nowhere)).hasMessageContaining(nowhere.toString());
    assertThatThrownBy(() -> files.identity(new KeyFile(nowhere, null, "")))
        .hasMessageContaining(nowhere.toString());
  }

  private static X509Certificate[] chain(KeyFile file) throws IOException {
    return Keys.read(file).chain().toArray(X509Certificate[]::new);
  }
}
