package org.ringdown.gateway.sdp.sdes;

import com.google.common.base.Splitter;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An {@code a=crypto} line (RFC 4568 section 4): the key for what the side that says it sends. Its
 * text form for logs hides the key.
 *
 * @param tag what an answer names it by, 0 to 999999999
 * @param suite how the key is used
 * @param inline master key and salt in base64
 * @param mkiBytes how long the master key identifier in each packet is; 0 for none
 */
public record CryptoAttribute(int tag, CryptoSuite suite, String inline, int mkiBytes) {
  private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings().trimResults();
  private static final Splitter PARTS = Splitter.on('|');
  private static final Pattern TAG = Pattern.compile("\\d{1,9}");
  private static final Pattern LIFETIME = Pattern.compile("(2\\^)?(\\d{1,15})");
  private static final Pattern MKI = Pattern.compile("(\\d{1,18}):(\\d{1,3})");

  /** The longest life of a key: a counter of 48 bits (RFC 3711 section 9.2). */
  private static final int LONGEST_LIFE_BITS = 48;

  private static final int LONGEST_MKI_BYTES = 128;
  private static final String METHOD = "inline:";

  /** A key of ours. */
  public static CryptoAttribute of(int tag, CryptoSuite suite, byte[] master) {
    return new CryptoAttribute(tag, suite, Base64.getEncoder().encodeToString(master), 0);
  }

  /**
   * Reads the value of an {@code a=crypto} line.
   *
   * @return empty for a line that cannot be used: malformed, of a suite the gateway does not speak,
   *     with several keys, or with a session parameter that changes the packets (RFC 4568 section
   *     6.3). Such a line counts as not said (section 7.1.2)
   */
  public static Optional<CryptoAttribute> parse(String value) {
    List<String> words = WORDS.splitToList(value);
    if (words.size() < 3
        || !TAG.matcher(words.get(0)).matches()
        || !words.get(2).startsWith(METHOD)
        || !words.subList(3, words.size()).stream().allMatch(CryptoAttribute::isHarmless)) {
      return Optional.empty();
    }
    int tag = Integer.parseInt(words.get(0));
    String key = words.get(2).substring(METHOD.length());
    return CryptoSuite.named(words.get(1)).flatMap(suite -> parse(tag, suite, key));
  }

  /** A window size is advice, and what begins with a dash need not be understood. */
  private static boolean isHarmless(String sessionParameter) {
    return sessionParameter.startsWith("WSH=") || sessionParameter.startsWith("-");
  }

  private static Optional<CryptoAttribute> parse(int tag, CryptoSuite suite, String key) {
    List<String> parts = PARTS.splitToList(key);
    int mki = 0;
    for (int i = 1; i < parts.size(); i++) {
      boolean last = i == parts.size() - 1;
      Matcher identifier = MKI.matcher(parts.get(i));
      if (last && identifier.matches()) {
        mki = mkiBytes(identifier);
      } else if (i > 1 || !isLifetime(parts.get(i))) {
        return Optional.empty();
      }
    }
    int mkiBytes = mki;
    return mkiBytes < 0
        ? Optional.empty()
        : master(suite, parts.get(0))
            .map(inline -> new CryptoAttribute(tag, suite, inline, mkiBytes));
  }

  /** The length, -1 for one that is none or too short for its value. */
  private static int mkiBytes(Matcher identifier) {
    int bytes = Integer.parseInt(identifier.group(2));
    int bits = Long.SIZE - Long.numberOfLeadingZeros(Long.parseLong(identifier.group(1)));
    int needed = (bits + 7) / 8;
    return bytes < 1 || bytes > LONGEST_MKI_BYTES || needed > bytes ? -1 : bytes;
  }

  /** How long the peer will use its key is its own affair, if it is any time at all. */
  private static boolean isLifetime(String text) {
    Matcher lifetime = LIFETIME.matcher(text);
    if (!lifetime.matches()) {
      return false;
    }
    long number = Long.parseLong(lifetime.group(2));
    return lifetime.group(1) == null
        ? number > 0 && number <= 1L << LONGEST_LIFE_BITS
        : number <= LONGEST_LIFE_BITS;
  }

  private static Optional<String> master(CryptoSuite suite, String base64) {
    try {
      byte[] master = Base64.getDecoder().decode(base64);
      return master.length == suite.masterBytes()
          ? Optional.of(Base64.getEncoder().encodeToString(master))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Master key and then master salt. */
  public byte[] master() {
    return Base64.getDecoder().decode(inline);
  }

  /** Whether both speak of the same key, under whichever tag. */
  public boolean isSameKey(CryptoAttribute other) {
    return withTag(other.tag).equals(other);
  }

  /** The same under another tag. */
  public CryptoAttribute withTag(int other) {
    return new CryptoAttribute(other, suite, inline, mkiBytes);
  }

  /** The value of the line, for a key without an MKI. */
  public String value() {
    return tag + " " + suite.name() + " " + METHOD + inline;
  }

  @Override
  public String toString() {
    return tag + " " + suite + " " + METHOD + "***";
  }
}
