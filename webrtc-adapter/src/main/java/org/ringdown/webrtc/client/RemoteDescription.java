package org.ringdown.webrtc.client;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * What the other side's SDP says of its transport.
 *
 * @param ufrag its ICE user fragment
 * @param password its ICE password
 * @param fingerprints the values of its {@code a=fingerprint:} lines; none accepts any certificate
 * @param candidates where it can be reached, the preferred first
 */
public record RemoteDescription(
    String ufrag,
    String password,
    ImmutableList<String> fingerprints,
    ImmutableList<InetSocketAddress> candidates) {

  /**
   * The address of a candidate line (RFC 8839 section 5.1), without {@code a=candidate:}; empty for
   * one that is not UDP or has a name instead of an address.
   */
  public static Optional<InetSocketAddress> address(String candidate) {
    List<String> words = Splitter.on(' ').omitEmptyStrings().splitToList(candidate);
    boolean usable =
        words.size() > 7
            && words.get(2).equalsIgnoreCase("udp")
            && InetAddresses.isInetAddress(words.get(4))
            && words.get(5).matches("\\d{1,5}");
    return usable
        ? Optional.of(
            new InetSocketAddress(
                InetAddresses.forString(words.get(4)), Integer.parseInt(words.get(5))))
        : Optional.empty();
  }
}
