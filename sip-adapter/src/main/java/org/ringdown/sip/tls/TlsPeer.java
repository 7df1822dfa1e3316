package org.ringdown.sip.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom we expect at the other end of a TLS connection, and who we are to it. Two that are equal may
 * share a connection. Immutable, safe from any thread.
 *
 * @param domain the SIP domain or IP address its certificate must speak for (RFC 5922 section 7);
 *     also what is asked for by SNI (RFC 6066 section 3)
 * @param checksName whether the certificate must name the domain; without that, anybody whom {@code
 *     trust} believes may be there
 * @param trust whose certificates are believed
 * @param own the certificate to show if asked for one; null for none
 */
public record TlsPeer(
    String domain, boolean checksName, TlsTrust trust, @Nullable TlsIdentity own) {

  /** The same for another domain. */
  public TlsPeer as(String other) {
    return new TlsPeer(other, checksName, trust, own);
  }

  /**
   * Whether the sender of a message is this peer. Where the JDK's authorities are trusted its
   * certificate must name the domain in any case: everybody can have one of theirs.
   *
   * @param chain what it proved to be, its own certificate first; empty for nothing
   */
  public boolean is(List<X509Certificate> chain) {
    try {
      X509Certificate[] shown = chain.toArray(X509Certificate[]::new);
      check(shown, "UNKNOWN", checksName || trust.isPublic());
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  /**
   * Checks the chain of the server we connected to.
   *
   * @throws CertificateException if it must not be spoken to, and why
   */
  void check(X509Certificate[] chain, String authType) throws CertificateException {
    check(chain, authType, checksName);
  }

  private void check(X509Certificate[] chain, String authType, boolean named)
      throws CertificateException {
    trust.check(chain, authType);
    SipDomains domains = SipDomains.of(chain[0]);
    if (named && !domains.include(domain)) {
      throw new CertificateException(
          "the certificate is for " + domains + " and not for " + domain);
    }
  }
}
