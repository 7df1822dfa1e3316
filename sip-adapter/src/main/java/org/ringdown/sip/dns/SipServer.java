package org.ringdown.sip.dns;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;

/**
 * One server that a SIP URI leads to.
 *
 * @param host its name, or its IP address
 * @param port its port
 * @param service how to speak with it
 * @param priority the lower the sooner (RFC 2782)
 * @param weight the share among those of the same priority
 * @param addresses where it is, the best first; never empty
 */
public record SipServer(
    String host,
    int port,
    Service service,
    int priority,
    int weight,
    ImmutableList<InetAddress> addresses) {}
