package org.ringdown.webrtc.dtls;

import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.jspecify.annotations.Nullable;

/**
 * What client and server do alike in one handshake: use_srtp (RFC 5764 section 4.1), the exchange
 * of certificates, and the export of the SRTP keys (section 4.2). Used by one thread.
 */
final class SrtpNegotiation {
  private static final String EXPORTER_LABEL = "EXTRACTOR-dtls_srtp";
  private static final byte[] NO_MKI = {};

  private final DtlsSettings settings;
  private final CertificateCheck check;
  private @Nullable SrtpOffer agreed;
  private byte[] peerCertificate = {};
  private @Nullable DtlsResult result;

  SrtpNegotiation(DtlsSettings settings, CertificateCheck check) {
    this.settings = settings;
    this.check = check;
  }

  /** Decides on a certificate, DER, in the midst of the handshake. */
  @FunctionalInterface
  interface CertificateCheck {
    boolean accepts(byte[] certificate);
  }

  /** Adds what a client offers. */
  void offer(Hashtable<Integer, byte[]> extensions) throws IOException {
    int[] ids = settings.srtp().stream().mapToInt(SrtpOffer::id).toArray();
    TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(ids, NO_MKI));
  }

  /** Chooses one of the profiles that the peer named, in our order. */
  void choose(@Nullable Hashtable<?, ?> extensions) throws IOException {
    UseSRTPData offered = extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions);
    int[] ids = offered == null ? new int[0] : offered.getProtectionProfiles();
    Optional<SrtpOffer> common =
        settings.srtp().stream()
            .filter(ours -> Arrays.stream(ids).anyMatch(id -> id == ours.id()))
            .findFirst();
    if (common.isEmpty()) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure, "no SRTP profile in common");
    }
    agreed = common.get();
  }

  /** Adds the profile that a server chose. */
  void confirm(Hashtable<Integer, byte[]> extensions) throws IOException {
    if (agreed != null) {
      TlsSRTPUtils.addUseSRTPExtension(
          extensions, new UseSRTPData(new int[] {agreed.id()}, NO_MKI));
    }
  }

  /** Our certificate with its key. */
  TlsCredentialedSigner credentials(TlsContext context) {
    return new BcDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        settings.crypto(),
        settings.identity().privateKey(),
        settings.identity().chain(),
        new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
  }

  /** Keeps the peer's certificate; it is what media will be trusted by, so there must be one. */
  void certificate(@Nullable Certificate chain) throws IOException {
    if (chain == null || chain.isEmpty()) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure, "the peer has no certificate");
    }
    peerCertificate = chain.getCertificateAt(0).getEncoded();
    if (!check.accepts(peerCertificate)) {
      throw new TlsFatalAlert(
          AlertDescription.bad_certificate, "the certificate is not the one announced");
    }
  }

  /** Exports the keys at the end of the handshake. */
  void complete(TlsContext context) {
    SrtpOffer profile = agreed;
    if (profile == null) {
      throw new IllegalStateException("a handshake cannot end without an SRTP profile");
    }
    SecurityParameters parameters = context.getSecurityParametersConnection();
    result =
        new DtlsResult(
            !context.isServer(),
            peerCertificate,
            profile.id(),
            context.exportKeyingMaterial(EXPORTER_LABEL, null, profile.keyingMaterialBytes()),
            parameters.getCipherSuite());
  }

  /** What the handshake led to; only after {@link #complete}. */
  DtlsResult result() {
    if (result == null) {
      throw new IllegalStateException("the handshake is not complete");
    }
    return result;
  }
}
