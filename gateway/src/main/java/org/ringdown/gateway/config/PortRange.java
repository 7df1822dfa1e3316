package org.ringdown.gateway.config;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * UDP ports from {@code first} to {@code last}, both included. RTP takes the even ones and RTCP the
 * odd one that follows (RFC 3550 section 11), so the range begins even and ends odd. Immutable,
 * safe from any thread.
 *
 * @param first the lowest port, even, at least 1024
 * @param last the highest port, odd, at most 65535
 */
public record PortRange(int first, int last) {
  public PortRange {
    checkArgument(first >= 1024 && last <= 65535, "ports outside 1024-65535: %s-%s", first, last);
    checkArgument(first < last, "the range ends before it begins: %s-%s", first, last);
    checkArgument(
        first % 2 == 0 && last % 2 == 1, "the range is not of whole pairs: %s-%s", first, last);
  }

  /** How many pairs of an RTP and an RTCP port the range holds. */
  public int pairs() {
    return (last - first + 1) / 2;
  }

  /** As the configuration file writes it: {@code 20000-20999}. */
  @Override
  public String toString() {
    return first + "-" + last;
  }
}
