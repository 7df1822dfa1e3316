package org.ringdown.webrtc.dtls;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.io.BaseEncoding;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;

/** Certificate fingerprints as they stand in {@code a=fingerprint:} (RFC 8122 section 5). */
public final class Fingerprints {
  /** The hash functions we know, the preferred first. */
  private static final ImmutableList<String> HASHES =
      ImmutableList.of("sha-512", "sha-384", "sha-256", "sha-224", "sha-1");

  private static final BaseEncoding HEX = BaseEncoding.base16().withSeparator(":", 2);

  private Fingerprints() {}

  /** The fingerprint of a DER-encoded certificate, {@code sha-256 AB:CD:…}. */
  public static String sha256(byte[] certificate) {
    return "sha-256 " + HEX.encode(digest("sha-256", certificate));
  }

  /**
   * Whether a DER-encoded certificate is the one that the peer announced: of the fingerprints with
   * the best hash function that both sides know, one must be its own. Lines that cannot be read
   * count as absent.
   */
  public static boolean match(List<String> announced, byte[] certificate) {
    for (String hash : HASHES) {
      List<String> values =
          announced.stream()
              .filter(line -> word(line, 0).equals(hash))
              .map(Fingerprints::hex)
              .toList();
      if (!values.isEmpty()) {
        return values.contains(HEX.encode(digest(hash, certificate)));
      }
    }
    return false;
  }

  private static String hex(String line) {
    return word(line, 1).toUpperCase(Locale.ROOT);
  }

  private static String word(String line, int index) {
    List<String> words = Splitter.on(' ').omitEmptyStrings().trimResults().splitToList(line);
    String word = index < words.size() ? words.get(index) : "";
    return word.toLowerCase(Locale.ROOT);
  }

  private static byte[] digest(String hash, byte[] certificate) {
    try {
      return MessageDigest.getInstance(hash.toUpperCase(Locale.ROOT)).digest(certificate);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + hash, e);
    }
  }
}
