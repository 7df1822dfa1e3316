package org.ringdown.webrtc.client;

import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.ringdown.webrtc.ice.Candidate;

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
    return Candidate.parse(candidate).flatMap(parsed -> Optional.ofNullable(parsed.address()));
  }
}
