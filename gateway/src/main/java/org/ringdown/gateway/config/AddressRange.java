package org.ringdown.gateway.config;

import java.net.InetAddress;

/**
 * The addresses that begin with the same bits (RFC 4632). Immutable, safe from any thread.
 *
 * @param first an address of the range
 * @param prefixBits how many of its leading bits all have; all of them for a single address
 */
public record AddressRange(InetAddress first, int prefixBits) {
  /** Whether the address is one of them; never for one of the other family. */
  public boolean contains(InetAddress address) {
    byte[] ours = first.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
