package org.ringdown.sip.tls;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;

/** A private key and the certificates that go with it, the key's own first. */
record Keys(PrivateKey key, ImmutableList<X509Certificate> chain) {
  /**
   * Reads them.
   *
   * @throws IOException if they cannot be read or do not belong together; the text names the file
   *     and never the password
   */
  static Keys read(KeyFile from) throws IOException {
    try {
      Keys keys = Pem.is(from.file()) ? fromPem(from) : fromStore(from);
      keys.check();
      return keys;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new IOException("cannot use the certificate of " + from.file() + ": " + why(e), e);
    }
  }

  private static String why(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static Keys fromPem(KeyFile from) throws IOException, GeneralSecurityException {
    ImmutableList<X509Certificate> chain = Pem.certificates(from.file());
    if (chain.isEmpty()) {
      throw new GeneralSecurityException("it holds no certificate");
    }
    char[] password = from.password().toCharArray();
    Optional<PrivateKey> key = Pem.key(from.key() == null ? from.file() : from.key(), password);
    return new Keys(
        key.orElseThrow(() -> new GeneralSecurityException("there is no private key")), chain);
  }

  private static Keys fromStore(KeyFile from) throws IOException, GeneralSecurityException {
    char[] password = from.password().toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    load(store, from.file(), password);
    for (String alias : Collections.list(store.aliases())) {
      Certificate[] chain = store.getCertificateChain(alias);
      if (store.isKeyEntry(alias) && chain != null) {
        return new Keys(
            (PrivateKey) store.getKey(alias, password),
            Arrays.stream(chain)
                .map(X509Certificate.class::cast)
                .collect(ImmutableList.toImmutableList()));
      }
    }
    throw new GeneralSecurityException("it holds no private key");
  }

  private static void load(KeyStore store, Path file, char[] password)
      throws IOException, GeneralSecurityException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      store.load(new ByteArrayInputStream(bytes), password);
    } catch (IOException e) {
      throw e.getCause() instanceof UnrecoverableKeyException
          ? e
          : new IOException("it is neither PEM nor PKCS#12", e);
    }
  }

  /** A key that is not the certificate's would fail every handshake, and say little of why. */
  private void check() throws GeneralSecurityException {
    PublicKey named = chain.get(0).getPublicKey();
    String algorithm = "EC".equals(named.getAlgorithm()) ? "SHA256withECDSA" : "SHA256withRSA";
    if (!named.getAlgorithm().equals("EC") && !named.getAlgorithm().equals("RSA")) {
      return;
    }
    byte[] anything = {1, 2, 3};
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(anything);
    Signature verifier = Signature.getInstance(algorithm);
    verifier.initVerify(named);
    verifier.update(anything);
    if (!verified(verifier, signer.sign())) {
      throw new GeneralSecurityException("the private key is not that of the certificate");
    }
  }

  private static boolean verified(Signature verifier, byte[] signature) {
    try {
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false;
    }
  }
}
