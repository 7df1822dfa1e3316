package org.ringdown.gateway.testkit.stage;

import java.net.InetSocketAddress;
import java.net.URI;

/**
 * Where the tested gateway is.
 *
 * @param udp for phones that speak UDP
 * @param tcp for phones that speak TCP
 * @param tls for phones that speak TLS
 * @param web the WebSocket of pages
 * @param anyCertificate whether pages take any certificate over {@code wss}
 */
public record GatewayAddress(
    InetSocketAddress udp,
    InetSocketAddress tcp,
    InetSocketAddress tls,
    URI web,
    boolean anyCertificate) {}
