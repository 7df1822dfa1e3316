package org.ringdown.webrtc.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.crypto.TlsCertificate;

/**
 * Our self-signed certificate and its key: ECDSA on P-256 (RFC 8827 section 6.5). Peers trust its
 * fingerprint, which they got through the signalling, and look at nothing else in it.
 */
final class DtlsIdentity {
  private static final Duration VALIDITY = Duration.ofDays(3_650);
  private static final X500Name NAME = new X500Name("CN=ringdown");

  private final String fingerprint;
  private final Certificate chain;
  private final AsymmetricKeyParameter privateKey;

  private DtlsIdentity(String fingerprint, Certificate chain, AsymmetricKeyParameter privateKey) {
    this.fingerprint = fingerprint;
    this.chain = chain;
    this.privateKey = privateKey;
  }

  /** A new key pair and certificate. */
  static DtlsIdentity generate(DtlsCrypto crypto, SecureRandom random, Instant now) {
    AsymmetricCipherKeyPair keys = keyPair(random);
    try {
      byte[] encoded = certificate(keys, random, now).getEncoded();
      TlsCertificate own = crypto.createCertificate(encoded);
      return new DtlsIdentity(
          Fingerprints.sha256(encoded),
          new Certificate(new TlsCertificate[] {own}),
          keys.getPrivate());
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate of our own making cannot be encoded", e);
    }
  }

  private static AsymmetricCipherKeyPair keyPair(SecureRandom random) {
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    // The library's own P-256 arithmetic: signing on the generic curve takes several times as long.
    generator.init(
        new ECKeyGenerationParameters(
            new ECNamedDomainParameters(
                SECObjectIdentifiers.secp256r1,
                CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1)),
            random));
    return generator.generateKeyPair();
  }

  private static X509CertificateHolder certificate(
      AsymmetricCipherKeyPair keys, SecureRandom random, Instant now)
      throws IOException, OperatorCreationException {
    AlgorithmIdentifier signature =
        new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
    AlgorithmIdentifier digest = new DefaultDigestAlgorithmIdentifierFinder().find(signature);
    return new X509v3CertificateBuilder(
            NAME,
            new BigInteger(64, random).add(BigInteger.ONE),
            // Yesterday, for peers whose clock is behind.
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(VALIDITY)),
            NAME,
            SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(keys.getPublic()))
        .build(
            new BcECContentSignerBuilder(signature, digest)
                .setSecureRandom(random)
                .build(keys.getPrivate()));
  }

  /** The certificate's fingerprint, {@code sha-256 AB:CD:…}. */
  String fingerprint() {
    return fingerprint;
  }

  /** The certificate, one for all handshakes. */
  Certificate chain() {
    return chain;
  }

  AsymmetricKeyParameter privateKey() {
    return privateKey;
  }
}
