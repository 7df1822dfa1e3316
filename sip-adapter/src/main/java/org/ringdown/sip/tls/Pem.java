package org.ringdown.sip.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/** Certificates and keys as text (RFC 7468), in the dialects that OpenSSL writes. */
final class Pem {
  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  private Pem() {}

  /** Whether a file is text with something in it that could be meant. */
  static boolean is(Path file) throws IOException {
    return new String(Files.readAllBytes(file), ISO_8859_1).contains("-----BEGIN ");
  }

  /** All certificates of a file, in order. */
  static ImmutableList<X509Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    ImmutableList.Builder<X509Certificate> found = ImmutableList.builder();
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
    for (Object item : items(file)) {
      if (item instanceof X509CertificateHolder certificate) {
        found.add(converter.getCertificate(certificate));
      }
    }
    return found.build();
  }

  /** The first private key of a file. */
  static Optional<PrivateKey> key(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    for (Object item : items(file)) {
      Optional<PrivateKeyInfo> key = unlocked(item, password);
      if (key.isPresent()) {
        ASN1ObjectIdentifier kind = key.get().getPrivateKeyAlgorithm().getAlgorithm();
        boolean elliptic = kind.equals(X9ObjectIdentifiers.id_ecPublicKey);
        // The JDK knows the numbers of all other kinds.
        KeyFactory factory = KeyFactory.getInstance(elliptic ? "EC" : kind.getId());
        return Optional.of(
            factory.generatePrivate(new PKCS8EncodedKeySpec(key.get().getEncoded())));
      }
    }
    return Optional.empty();
  }

  private static Optional<PrivateKeyInfo> unlocked(Object item, char[] password)
      throws IOException, GeneralSecurityException {
    try {
      if (item instanceof PKCS8EncryptedPrivateKeyInfo locked) {
        return Optional.of(
            locked.decryptPrivateKeyInfo(
                new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(PROVIDER)
                    .build(password)));
      }
    } catch (OperatorCreationException | PKCSException e) {
      throw new GeneralSecurityException("the password does not open the key", e);
    }
    if (item instanceof PEMEncryptedKeyPair locked) {
      return Optional.of(
          locked
              .decryptKeyPair(
                  new JcePEMDecryptorProviderBuilder().setProvider(PROVIDER).build(password))
              .getPrivateKeyInfo());
    }
    if (item instanceof PEMKeyPair pair) {
      return Optional.of(pair.getPrivateKeyInfo());
    }
    return item instanceof PrivateKeyInfo key ? Optional.of(key) : Optional.empty();
  }

  private static List<Object> items(Path file) throws IOException {
    ImmutableList.Builder<Object> items = ImmutableList.builder();
    try (Reader text = new StringReader(Files.readString(file, ISO_8859_1));
        PEMParser parser = new PEMParser(text)) {
      for (Object item = parser.readObject(); item != null; item = parser.readObject()) {
        items.add(item);
      }
    }
    return items.build();
  }
}
