package org.ringdown.gateway.media.leg;

import com.google.common.collect.ImmutableList;
import java.net.Inet4Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.rtp.RtpPortRange;

/**
 * Where phones' media come in, by address family: a phone is given a port of its own family if
 * there is one. Immutable, safe from any thread; the ranges stay their owner's.
 *
 * @param places at least one; the first is for whoever has no other
 */
public record PhonePorts(ImmutableList<Place> places) {
  /** Checks that there is a place. */
  public PhonePorts {
    if (places.isEmpty()) {
      throw new IllegalArgumentException("phones need a place to send to");
    }
  }

  /**
   * Ports, and the address that phones are told to reach them at.
   *
   * @param ports where sockets are bound
   * @param advertised the public address if a NAT with fixed ports is in between, else that of the
   *     range; not a wildcard
   */
  public record Place(RtpPortRange ports, InetAddress advertised) {
    /** Checks the address. */
    public Place {
      if (advertised.isAnyLocalAddress()) {
        throw new IllegalArgumentException("phones cannot send to " + advertised.getHostAddress());
      }
    }
  }

  /** One place for every phone. */
  public static PhonePorts at(RtpPortRange ports, InetAddress advertised) {
    return new PhonePorts(ImmutableList.of(new Place(ports, advertised)));
  }

  /** How many pairs of ports are in use. */
  public int inUse() {
    return places.stream().map(Place::ports).distinct().mapToInt(RtpPortRange::inUse).sum();
  }

  /** The place for a phone at this address; the first if it is not known. */
  Place towards(@Nullable InetAddress peer) {
    return places.stream()
        .filter(place -> peer != null && isOfOneFamily(place.advertised, peer))
        .findFirst()
        .orElse(places.get(0));
  }

  private static boolean isOfOneFamily(InetAddress one, InetAddress other) {
    return one instanceof Inet4Address == other instanceof Inet4Address;
  }
}
