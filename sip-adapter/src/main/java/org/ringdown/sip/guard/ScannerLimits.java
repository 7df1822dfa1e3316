package org.ringdown.sip.guard;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * How many challenges a source may leave without a right answer. A source is one IPv4 address or
 * one IPv6 /64; what it left is forgotten at the rate of {@code slowAfter} a minute, and at once
 * when it proves to be a user of ours.
 *
 * @param slowAfter above so many, one request a second is taken of those without credentials
 * @param ignoreAfter above so many, every request is dropped unread
 * @param ignoreFor how long; zero turns all of it off
 * @param exempt the addresses that may do as they like
 */
public record ScannerLimits(
    int slowAfter, int ignoreAfter, Duration ignoreFor, Predicate<InetAddress> exempt) {
  /** Nobody is slowed or ignored. */
  public static final ScannerLimits NONE = new ScannerLimits(0, 0, Duration.ZERO, any -> true);
}
