package org.ringdown.webrtc.web;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Where a server's key and certificate come from: a file, or made here. Safe from any thread. */
public final class ServerKeys {
  private static final Duration VALIDITY = Duration.ofDays(365);
  private static final Duration CLOCK_SKEW = Duration.ofDays(1);
  private static final int SERIAL_BITS = 127;

  private ServerKeys() {}

  /**
   * Reads a PKCS#12 file (RFC 7292).
   *
   * @throws IOException if it cannot be read, the password is wrong or it holds no key; the text
   *     names the file and never the password
   */
  public static KeyStore load(Path file, char[] password) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(file);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(bytes), password);
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          return store;
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IOException("cannot read the key store " + file + ": " + why(e), e);
    }
    throw new IOException("the key store " + file + " holds no private key");
  }

  /** What the parser of PKCS#12 says of other files would help nobody. */
  private static String why(Exception e) {
    boolean known =
        e instanceof FileSystemException || e.getCause() instanceof UnrecoverableKeyException;
    return known ? String.valueOf(e.getMessage()) : "it is no PKCS#12 file";
  }

  /**
   * Makes an ECDSA P-256 key and a certificate of one year that it signs itself, good for these
   * host names and addresses.
   */
  static KeyStore selfSigned(ImmutableList<String> hosts, char[] password, Instant now)
      throws IOException {
    ImmutableList<String> names = hosts.isEmpty() ? ImmutableList.of("localhost") : hosts;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, password);
      Certificate[] chain = {certificate(keys, names, now)};
      store.setKeyEntry("ringdown", keys.getPrivate(), password, chain);
      return store;
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("cannot make a certificate: " + e.getMessage(), e);
    }
  }

  /**
   * Makes a key and a certificate as {@link #selfSigned} does and writes both to a PKCS#12 file,
   * for tests of TLS.
   *
   * @throws IOException if it cannot be written
   */
  public static void writeSelfSigned(Path file, ImmutableList<String> hosts, char[] password)
      throws IOException {
    KeyStore store = selfSigned(hosts, password, Instant.now());
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password);
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot write the key store " + file + ": " + e.getMessage(), e);
    }
  }

  private static X509Certificate certificate(KeyPair keys, ImmutableList<String> hosts, Instant now)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    X500Name name = new X500Name("CN=Ringdown");
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(SERIAL_BITS, new SecureRandom()),
            Date.from(now.minus(CLOCK_SKEW)),
            Date.from(now.plus(VALIDITY)),
            name,
            keys.getPublic());
    GeneralName[] names =
        hosts.stream().map(ServerKeys::alternativeName).toArray(GeneralName[]::new);
    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  private static GeneralName alternativeName(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return InetAddresses.isInetAddress(bare)
        ? new GeneralName(GeneralName.iPAddress, bare)
        : new GeneralName(GeneralName.dNSName, host);
  }
}
