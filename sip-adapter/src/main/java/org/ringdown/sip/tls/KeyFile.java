package org.ringdown.sip.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a private key and its certificate chain are: one PKCS#12 file, or PEM text (RFC 7468) in
 * one file or two. Its text shows no password. Immutable, safe from any thread.
 *
 * @param file the PKCS#12 file, or PEM with the certificates and perhaps the key
 * @param key PEM with the key; null where it is in {@code file}
 * @param password what the file or the key is locked with; empty for none
 */
public record KeyFile(Path file, @Nullable Path key, String password) {
  @Override
  public String toString() {
    return "KeyFile[" + file + (key == null ? "]" : ", " + key + "]");
  }
}
