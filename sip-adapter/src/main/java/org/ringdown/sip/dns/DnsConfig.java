package org.ringdown.sip.dns;

import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Whom to ask.
 *
 * @param servers DNS servers, asked in this order; none for those of the system
 * @param timeout how long to wait for one answer; each server is asked twice
 */
public record DnsConfig(ImmutableList<InetSocketAddress> servers, Duration timeout) {
  /** The servers of the system. */
  public static final DnsConfig OF_SYSTEM =
      new DnsConfig(ImmutableList.of(), Duration.ofSeconds(2));
}
