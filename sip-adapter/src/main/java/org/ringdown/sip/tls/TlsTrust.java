package org.ringdown.sip.tls;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates are believed: those of the JDK's authorities, or of the authorities in a file.
 * A peer's own certificate in that file is believed as it is, which pins it. Made by {@link
 * TlsFiles}. Safe from any thread.
 */
public final class TlsTrust {
  private final @Nullable Path from;
  private volatile @Nullable X509ExtendedTrustManager authorities;

  private TlsTrust(@Nullable Path from) {
    this.from = from;
  }

  /** The JDK's authorities, read when they are needed first. */
  public static TlsTrust system() {
    return new TlsTrust(null);
  }

  /** The authorities in a file. */
  static TlsTrust in(Path file) throws IOException {
    TlsTrust trust = new TlsTrust(file);
    trust.refresh();
    return trust;
  }

  /** Reads the file again; throws and keeps what there was if that fails. */
  void refresh() throws IOException {
    authorities = read(from);
  }

  private X509ExtendedTrustManager authorities() throws CertificateException {
    X509ExtendedTrustManager known = authorities;
    if (known != null) {
      return known;
    }
    try {
      X509ExtendedTrustManager read = read(from);
      authorities = read;
      return read;
    } catch (IOException e) {
      throw new CertificateException(e.getMessage(), e);
    }
  }

  /** Whether everybody with a certificate of a public authority is believed. */
  boolean isPublic() {
    return from == null;
  }

  /**
   * Checks a chain, the peer's own certificate first: signatures, validity and authority, not the
   * name. A certificate good for a server is good for a client too, because a SIP server is both
   * (RFC 5922 section 5) and authorities sell it certificates for servers only.
   *
   * @throws CertificateException if it is not believed, and why
   */
  void check(X509Certificate[] chain, String authType) throws CertificateException {
    if (chain.length == 0) {
      throw new CertificateException("there is no certificate");
    }
    chain[0].checkValidity();
    X509ExtendedTrustManager judge = authorities();
    try {
      judge.checkServerTrusted(chain, authType);
    } catch (CertificateException e) {
      try {
        judge.checkClientTrusted(chain, authType);
      } catch (CertificateException alsoNotAsClient) {
        throw e;
      }
    }
  }

  private static X509ExtendedTrustManager read(@Nullable Path from) throws IOException {
    try {
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(from == null ? null : store(from));
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager found) {
          return found;
        }
      }
      throw new GeneralSecurityException("the JDK has no X.509 trust manager");
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new IOException("cannot use the authorities of " + from + ": " + e.getMessage(), e);
    }
  }

  private static KeyStore store(Path from) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (X509Certificate certificate : certificates(from)) {
      store.setCertificateEntry("trusted-" + store.size(), certificate);
    }
    if (store.size() == 0) {
      throw new GeneralSecurityException("it holds no certificate");
    }
    return store;
  }

  private static ImmutableList<X509Certificate> certificates(Path from)
      throws IOException, GeneralSecurityException {
    if (Pem.is(from)) {
      return Pem.certificates(from);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(from)) {
      store.load(in, null);
    }
    ImmutableList.Builder<X509Certificate> found = ImmutableList.builder();
    for (String alias : Collections.list(store.aliases())) {
      Certificate[] chain = store.getCertificateChain(alias);
      Certificate[] all = chain == null ? new Certificate[] {store.getCertificate(alias)} : chain;
      Arrays.stream(all).map(X509Certificate.class::cast).forEach(found::add);
    }
    return found.build();
  }
}
