package org.ringdown.gateway.sdp.line;

/** Decimal numbers as SDP has them: digits only. */
public final class Numbers {
  private static final int MAX_DIGITS = 9;

  private Numbers() {}

  /** The number, or -1 if it is none or above the limit. */
  public static int parse(String digits, int limit) {
    boolean number =
        !digits.isEmpty()
            && digits.length() <= MAX_DIGITS
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    int value = number ? Integer.parseInt(digits) : -1;
    return value > limit ? -1 : value;
  }
}
