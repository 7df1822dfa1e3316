package org.ringdown.sip.rtp;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.Optional;

/** Two bound, non-blocking channels on neighbouring ports, even for RTP, odd for RTCP. */
record PortPair(DatagramChannel rtp, DatagramChannel rtcp, InetAddress bind, int rtpPort) {
  private static final int SOCKET_BUFFER_BYTES = 128 * 1024;

  /**
   * Binds a pair.
   *
   * @return nothing if one of the two cannot be had
   * @throws IOException if no file descriptor is left
   */
  static Optional<PortPair> bind(InetAddress address, int rtpPort) throws IOException {
    DatagramChannel rtp = open(address);
    DatagramChannel rtcp = null;
    boolean bound = false;
    try {
      rtcp = open(address);
      rtp.bind(new InetSocketAddress(address, rtpPort));
      rtcp.bind(new InetSocketAddress(address, rtpPort + 1));
      bound = true;
      return Optional.of(new PortPair(rtp, rtcp, address, rtpPort));
    } catch (BindException takenByOthers) {
      return Optional.empty();
    } finally {
      if (!bound) {
        rtp.close();
        if (rtcp != null) {
          rtcp.close();
        }
      }
    }
  }

  /** A port that was free a moment ago, made even. */
  static int freeRtpPort(InetAddress address) throws IOException {
    try (DatagramChannel channel = open(address)) {
      channel.bind(new InetSocketAddress(address, 0));
      return ((InetSocketAddress) channel.getLocalAddress()).getPort() & ~1;
    }
  }

  InetSocketAddress rtpLocal() {
    return new InetSocketAddress(bind, rtpPort);
  }

  InetSocketAddress rtcpLocal() {
    return new InetSocketAddress(bind, rtpPort + 1);
  }

  /** An IPv4 address gets an IPv4 socket; {@code ::} gets one that speaks both. */
  private static DatagramChannel open(InetAddress address) throws IOException {
    DatagramChannel channel =
        address instanceof Inet4Address
            ? DatagramChannel.open(StandardProtocolFamily.INET)
            : DatagramChannel.open(StandardProtocolFamily.INET6);
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
    return channel;
  }
}
