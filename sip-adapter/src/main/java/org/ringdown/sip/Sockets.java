package org.ringdown.sip;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.SipException;
import javax.sip.SipProvider;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.stack.JainStack;
import org.ringdown.sip.transport.LocalPoint;
import org.ringdown.sip.transport.LocalPoints;
import org.ringdown.sip.transport.SipTransport;

/**
 * Opens the listening sockets of a stack. UDP and TCP on the same address and port share one
 * provider, so that a dialog may use both. Not thread-safe: used once, at start.
 */
final class Sockets {
  private static final int TRIES = 20;

  private final JainStack stack;
  private final @Nullable String publicHost;
  private final Map<InetSocketAddress, SipProvider> providers = new HashMap<>();
  private final Map<InetAddress, Integer> freePorts = new HashMap<>();

  Sockets(JainStack stack, @Nullable String publicHost) {
    this.stack = stack;
    this.publicHost = publicHost;
  }

  /** Opens all of them, or throws. */
  LocalPoints open(List<SipConfig.Listen> listens) throws IOException {
    ImmutableList.Builder<LocalPoint> points = ImmutableList.builder();
    for (SipConfig.Listen listen : listens) {
      points.add(open(listen));
    }
    return new LocalPoints(points.build());
  }

  private LocalPoint open(SipConfig.Listen listen) throws IOException {
    InetSocketAddress wanted = listen.address();
    if (wanted.isUnresolved() || wanted.getAddress().isAnyLocalAddress()) {
      throw new IOException("not an address of this machine to listen on: " + wanted);
    }
    int port = wanted.getPort() == 0 ? freePort(listen) : wanted.getPort();
    InetSocketAddress address = new InetSocketAddress(wanted.getAddress(), port);
    try {
      ListeningPoint point =
          stack.createListeningPoint(
              address.getAddress().getHostAddress(), port, listen.transport().name());
      if (publicHost != null) {
        point.setSentBy(publicHost + ":" + port);
      }
      return new LocalPoint(
          provider(address, point), point, address, listen.transport(), publicHost);
    } catch (InvalidArgumentException | SipException | ParseException e) {
      throw new IOException(
          "cannot listen on " + listen.transport() + " " + wanted.getHostString() + ":" + port, e);
    }
  }

  private SipProvider provider(InetSocketAddress address, ListeningPoint point)
      throws SipException {
    SipProvider shared = providers.get(address);
    if (shared == null) {
      SipProvider made = stack.createSipProvider(point);
      providers.put(address, made);
      return made;
    }
    shared.addListeningPoint(point);
    return shared;
  }

  /**
   * A port free for UDP and TCP, the same for all listens on an address that ask for one; but for
   * TLS, which cannot share a port with TCP.
   */
  private int freePort(SipConfig.Listen listen) throws IOException {
    InetAddress address = listen.address().getAddress();
    Integer known = freePorts.get(address);
    if (known != null && listen.transport() != SipTransport.TLS) {
      return known;
    }
    for (int i = 0; i < TRIES; i++) {
      int port = portFreeForBoth(address);
      if (port > 0) {
        if (listen.transport() != SipTransport.TLS) {
          freePorts.put(address, port);
        }
        return port;
      }
    }
    throw new IOException("no free port on " + InetAddresses.toAddrString(address));
  }

  /** A port nobody has on either transport, 0 if the one the system offered for TCP is taken. */
  private static int portFreeForBoth(InetAddress address) throws IOException {
    try (ServerSocket tcp = new ServerSocket(0, 1, address);
        DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), address)) {
      return udp.getLocalPort();
    } catch (BindException e) {
      return 0;
    }
  }
}
