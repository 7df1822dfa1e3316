package org.ringdown.gateway;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.SipSettings.SipListen;
import org.ringdown.sip.transport.SipTransport;

/** Tries the ports of a configuration, so that all that cannot be had are told at once. */
final class Ports {
  private final ImmutableList.Builder<String> faults = ImmutableList.builder();

  private Ports() {}

  /** The ports that cannot be had, each with its setting and the reason; empty if all are free. */
  static ImmutableList<String> faults(GatewayConfig config) {
    Ports ports = new Ports();
    for (SipListen listen : config.sip().listen()) {
      ports.look("sip.listen", listen.transport() != SipTransport.UDP, listen.address());
    }
    ports.look("web.http", true, config.web().http());
    ports.look("web.https", true, config.web().https());
    ports.look("media.listen", false, config.media().listen());
    for (InetAddress bind : config.media().rtp().bind()) {
      ports.look("media.rtp.bind", false, new InetSocketAddress(bind, 0));
    }
    ports.look("admin.listen", true, config.admin().listen());
    return ports.faults.build();
  }

  private void look(String setting, boolean tcp, @Nullable InetSocketAddress address) {
    if (address == null) {
      return;
    }
    try {
      if (tcp) {
        bindTcp(address);
      } else {
        bindUdp(address);
      }
    } catch (IOException e) {
      String place = InetAddresses.toUriString(address.getAddress()) + ":" + address.getPort();
      faults.add(setting + ": " + (tcp ? "TCP " : "UDP ") + place + ": " + e.getMessage());
    }
  }

  private static void bindTcp(InetSocketAddress address) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // connections that have just ended keep nobody out
      socket.bind(address);
    }
  }

  private static void bindUdp(InetSocketAddress address) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(null)) {
      socket.bind(address);
    }
  }
}
