package org.ringdown.webrtc.srtp;

import java.util.Arrays;

/**
 * Which packet indices of one stream have been used (RFC 3711 section 3.3.2). Sixteen times the
 * required 64 wide, because video is retransmitted late. Not thread-safe.
 */
final class ReplayWindow {
  private static final int SIZE = 1_024;

  private final long[] used = new long[SIZE / Long.SIZE];
  private long highest = -1;

  /** The highest index used, -1 if none. */
  long highest() {
    return highest;
  }

  /** Whether an index is neither used nor too old to tell. */
  boolean isFresh(long index) {
    if (index < 0) {
      return false;
    }
    return index > highest || (index > highest - SIZE && (used[word(index)] & bit(index)) == 0);
  }

  /** Marks an index as used. */
  void use(long index) {
    if (index - highest >= SIZE) {
      Arrays.fill(used, 0);
    } else {
      for (long skipped = highest + 1; skipped < index; skipped++) {
        used[word(skipped)] &= ~bit(skipped);
      }
    }
    used[word(index)] |= bit(index);
    highest = Math.max(highest, index);
  }

  private static int word(long index) {
    return (int) (index % SIZE) / Long.SIZE;
  }

  private static long bit(long index) {
    return 1L << index;
  }
}
