package org.ringdown.gateway.testkit.stage;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import org.ringdown.sip.rtp.RtpPortRange;

/**
 * An address of this machine, and the ports for the sound of phones there. Safe from any thread.
 *
 * @param address where actors are
 * @param rtpPorts any that are free
 */
public record Network(InetAddress address, RtpPortRange rtpPorts) implements AutoCloseable {
  /**
   * At an address.
   *
   * @throws IOException if it is none of this machine's
   */
  public static Network at(InetAddress address) throws IOException {
    return new Network(address, RtpPortRange.open(address, 0, 0, 1));
  }

  /**
   * Another one, for an actor that changes its own: the next address of loopback; elsewhere the
   * same address, whose other ports are another network to whoever is outside.
   */
  public Network another() throws IOException {
    byte[] bytes = address.getAddress();
    if (address.isLoopbackAddress() && address instanceof Inet4Address && bytes[3] < 100) {
      bytes[3]++;
      try {
        return at(InetAddress.getByAddress(bytes));
      } catch (IOException e) {
        return at(address); // not every system has more than one
      }
    }
    return at(address);
  }

  @Override
  public void close() {
    rtpPorts.close();
  }
}
