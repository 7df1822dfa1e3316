package org.ringdown.gateway.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.tls.TlsServer.ClientAuth;

/**
 * SIP over TLS, for those who connect to us. Immutable, safe from any thread; its text shows no
 * password.
 *
 * @param certificate what we show
 * @param trust a file with the authorities that are believed; null for the JDK's
 * @param clientAuth whether who connects must show a certificate
 */
public record SipTls(Certificate certificate, @Nullable Path trust, ClientAuth clientAuth) {
  /** No certificate, and the authorities of the JDK. */
  public static SipTls defaults() {
    return new SipTls(Certificate.NONE, null, ClientAuth.OPTIONAL);
  }

  /**
   * A certificate with its key.
   *
   * @param file a PKCS#12 file, or PEM with the certificates and perhaps the key; null for none
   * @param key PEM with the key, where it is in a file of its own; else null
   * @param password what the file or the key is locked with
   */
  public record Certificate(@Nullable Path file, @Nullable Path key, Secret password) {
    /** No certificate. */
    public static final Certificate NONE = new Certificate(null, null, Secret.NONE);
  }

  /**
   * TLS with one trunk, for connections in both directions.
   *
   * @param trust a file with the authorities, or the certificates themselves, that are believed;
   *     null for those of {@link SipTls}
   * @param name the name the server's certificate must have; null for the server's host
   * @param checkName whether it must have it
   * @param certificate what we show; {@link Certificate#NONE} for that of {@link SipTls}
   * @param requireCertificate whether calls are this trunk's only if their sender has shown a
   *     certificate
   */
  public record OfTrunk(
      @Nullable Path trust,
      @Nullable String name,
      boolean checkName,
      Certificate certificate,
      boolean requireCertificate) {
    /** Nothing special. */
    public static final OfTrunk USUAL = new OfTrunk(null, null, true, Certificate.NONE, false);
  }
}
