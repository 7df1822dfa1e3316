package org.ringdown.gateway.config;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * An amount of memory. Immutable, safe from any thread.
 *
 * @param bytes how much, in bytes; not negative
 */
public record DataSize(int bytes) {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  public DataSize {
    checkArgument(bytes >= 0, "negative size: %s", bytes);
  }

  /** So many times 1024 bytes. */
  public static DataSize ofKib(int kib) {
    return new DataSize(Math.multiplyExact(kib, KIB));
  }

  /** As the configuration file writes it, in the largest unit that fits: {@code 64KiB}. */
  @Override
  public String toString() {
    if (bytes > 0 && bytes % MIB == 0) {
      return bytes / MIB + "MiB";
    }
    return bytes > 0 && bytes % KIB == 0 ? bytes / KIB + "KiB" : bytes + "B";
  }
}
