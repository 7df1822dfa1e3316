package org.ringdown.sip.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Our own key and certificate, as they are in a file at present. Made by {@link TlsFiles}. Safe
 * from any thread.
 */
public final class TlsIdentity {
  private static final String ALIAS = "own";

  private final KeyFile from;
  private volatile Fixed keys;

  TlsIdentity(KeyFile from) throws IOException {
    this.from = from;
    this.keys = new Fixed(Keys.read(from));
  }

  /** Reads the file again; throws and keeps what there was if that fails. */
  void refresh() throws IOException {
    keys = new Fixed(Keys.read(from));
  }

  /** Our certificate, the one that is shown to peers. */
  public X509Certificate certificate() {
    return keys.keys.chain().get(0);
  }

  /** For an SSLContext; another one after the file has changed. */
  X509ExtendedKeyManager keyManager() {
    return keys;
  }

  /** One key, whatever is asked for: what does not fit fails in the handshake, with an alert. */
  private static final class Fixed extends X509ExtendedKeyManager {
    private final Keys keys;

    Fixed(Keys keys) {
      this.keys = keys;
    }

    private @Nullable String alias(String... types) {
      String algorithm = keys.key().getAlgorithm();
      for (String type : types) {
        if (type.startsWith(algorithm)) {
          return ALIAS;
        }
      }
      return null;
    }

    @Override
    public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return alias(types);
    }

    @Override
    public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return alias(type);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return alias(type);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return keys.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return keys.key();
    }
  }
}
