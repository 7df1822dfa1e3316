package org.ringdown.sip.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of our own that certifies what tests want certified, in files. */
public final class TestAuthority {
  private static final Duration DAY = Duration.ofDays(1);

  private final Path directory;
  private final String name;
  private final KeyPair keys;
  private final X509Certificate certificate;

  private TestAuthority(Path directory, String name, KeyPair keys, X509Certificate certificate) {
    this.directory = directory;
    this.name = name;
    this.keys = keys;
    this.certificate = certificate;
  }

  /** A new one that writes into a directory. */
  public static TestAuthority in(Path directory, String name) throws IOException {
    try {
      KeyPair keys = keyPair("EC");
      X509v3CertificateBuilder builder =
          builder("CN=" + name, "CN=" + name, keys, Instant.now().plus(DAY));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      X509Certificate certificate = signed(builder, keys);
      TestAuthority authority = new TestAuthority(directory, name, keys, certificate);
      write(authority.file(), certificate);
      return authority;
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException(e);
    }
  }

  /** What those who trust it need. */
  public Path file() {
    return directory.resolve(name + ".ca.pem");
  }

  /**
   * Certifies names, each {@code DNS:x}, {@code URI:x} or {@code IP:x}; the common name is {@code
   * file}. Writes {@code file.pem} and {@code file.key}.
   */
  public KeyFile certify(String file, String... names) throws IOException {
    return certify(file, "EC", Instant.now().plus(DAY), names);
  }

  /** The same, until yesterday. */
  public KeyFile expired(String file, String... names) throws IOException {
    return certify(file, "EC", Instant.now().minus(DAY), names);
  }

  /** The same with a kind of key and an end. */
  public KeyFile certify(String file, String algorithm, Instant end, String... names)
      throws IOException {
    try {
      KeyPair pair = keyPair(algorithm);
      X509v3CertificateBuilder builder = builder("CN=" + name, "CN=" + file, pair, end);
      if (names.length > 0) {
        builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
      }
      Path certificateFile = directory.resolve(file + ".pem");
      Path keyFile = directory.resolve(file + ".key");
      write(certificateFile, signed(builder, keys), certificate);
      write(keyFile, new JcaPKCS8Generator(pair.getPrivate(), null));
      return new KeyFile(certificateFile, keyFile, "");
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException(e);
    }
  }

  /** Puts what is in PEM files into a PKCS#12 file with a password. */
  public KeyFile packed(KeyFile from, String password) throws IOException {
    Keys read = Keys.read(from);
    Path file = directory.resolve(from.file().getFileName() + ".p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      Certificate[] chain = read.chain().toArray(Certificate[]::new);
      store.setKeyEntry("x", read.key(), password.toCharArray(), chain);
      store.store(out, password.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    return new KeyFile(file, null, password);
  }

  static KeyPair keyPair(String algorithm) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (algorithm.equals("EC")) {
      generator.initialize(new ECGenParameterSpec("secp256r1"));
    } else if (algorithm.equals("RSA")) {
      generator.initialize(2048);
    }
    return generator.generateKeyPair();
  }

  private static X509v3CertificateBuilder builder(
      String issuer, String subject, KeyPair pair, Instant end) {
    return new JcaX509v3CertificateBuilder(
        new X500Name(issuer),
        new BigInteger(100, new SecureRandom()),
        Date.from(end.minus(DAY.multipliedBy(2))),
        Date.from(end),
        new X500Name(subject),
        pair.getPublic());
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair by)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate())));
  }

  private static GeneralNames alternatives(String... names) {
    return new GeneralNames(
        Arrays.stream(names).map(TestAuthority::alternative).toArray(GeneralName[]::new));
  }

  private static GeneralName alternative(String name) {
    String value = name.substring(name.indexOf(':') + 1);
    return switch (name.substring(0, name.indexOf(':'))) {
      case "DNS" -> new GeneralName(GeneralName.dNSName, value);
      case "URI" -> new GeneralName(GeneralName.uniformResourceIdentifier, value);
      case "IP" -> new GeneralName(GeneralName.iPAddress, value);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Writes PEM. */
  static void write(Path file, Object... items) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      for (Object item : items) {
        writer.writeObject(item);
      }
    }
    Files.writeString(file, text.toString());
  }
}
