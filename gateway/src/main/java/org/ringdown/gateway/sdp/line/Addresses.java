package org.ringdown.gateway.sdp.line;

import com.google.common.base.Splitter;
import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Addresses as SDP writes them. Names are never looked up: that would block, and leak. */
public final class Addresses {
  private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings().trimResults();

  private Addresses() {}

  /**
   * The address of {@code IN IP4 192.0.2.1}; absent for a name, and for a multicast address: a
   * call's media must not be multiplied.
   */
  public static Optional<InetAddress> ofConnection(String value) {
    List<String> words = WORDS.splitToList(value);
    if (words.size() < 3 || !words.get(0).equals("IN")) {
      return Optional.empty();
    }
    String address = words.get(2);
    return address.indexOf('%') < 0 && InetAddresses.isInetAddress(address)
        ? Optional.of(InetAddresses.forString(address)).filter(host -> !host.isMulticastAddress())
        : Optional.empty();
  }

  /** Such as {@code IN IP6 2001:db8::1}. */
  public static String connection(InetAddress address) {
    String family = address instanceof Inet6Address ? "IN IP6 " : "IN IP4 ";
    return family + InetAddresses.toAddrString(address);
  }
}
