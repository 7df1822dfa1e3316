package org.ringdown.gateway.e2e.sip;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * A UDP wire between a phone and the gateway that carries every datagram but the few it is told to
 * lose or to deliver twice. Safe from any thread.
 */
public final class Wire implements AutoCloseable {
  private record Fault(Predicate<String> message, AtomicInteger left, int copies) {}

  private final InetSocketAddress gateway;
  private final DatagramSocket phoneSide;
  private final DatagramSocket gatewaySide;
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private volatile SocketAddress phone;

  private Wire(InetSocketAddress phone, InetSocketAddress gateway) throws SocketException {
    this.phone = phone;
    this.gateway = gateway;
    this.phoneSide = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    this.gatewaySide = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  }

  /** Lays a wire between two ports of the loopback interface. */
  public static Wire between(int phonePort, int gatewayPort) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try {
      Wire wire =
          new Wire(
              new InetSocketAddress(loopback, phonePort),
              new InetSocketAddress(loopback, gatewayPort));
      wire.carry(wire.phoneSide, wire::fromPhone);
      wire.carry(wire.gatewaySide, wire::fromGateway);
      return wire;
    } catch (SocketException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where the phone sends what is meant for the gateway. */
  public int portForPhone() {
    return phoneSide.getLocalPort();
  }

  /** Where the gateway sends what is meant for the phone. */
  public int portForGateway() {
    return gatewaySide.getLocalPort();
  }

  /** Loses the next {@code count} messages that contain all these pieces. */
  public void lose(int count, String... pieces) {
    faults.add(new Fault(containing(pieces), new AtomicInteger(count), 0));
  }

  /** Delivers the next message that contains all these pieces twice. */
  public void deliverTwice(String... pieces) {
    faults.add(new Fault(containing(pieces), new AtomicInteger(1), 2));
  }

  /** Whether all that was to be lost or doubled has come and was. */
  public boolean hasDoneItsWorst() {
    return faults.stream().allMatch(fault -> fault.left().get() == 0);
  }

  private static Predicate<String> containing(String... pieces) {
    return message -> List.of(pieces).stream().allMatch(message::contains);
  }

  private void carry(DatagramSocket from, BiConsumer<DatagramPacket, Integer> deliver) {
    Thread carrier = new Thread(() -> carryOn(from, deliver), "wire-" + from.getLocalPort());
    carrier.setDaemon(true);
    carrier.start();
  }

  private void carryOn(DatagramSocket from, BiConsumer<DatagramPacket, Integer> deliver) {
    byte[] buffer = new byte[65_535];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        from.receive(packet);
        String text = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
        deliver.accept(packet, copies(text));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private int copies(String message) {
    for (Fault fault : faults) {
      if (fault.left().get() > 0 && fault.message().test(message)) {
        fault.left().decrementAndGet();
        return fault.copies();
      }
    }
    return 1;
  }

  private void fromPhone(DatagramPacket packet, int copies) {
    phone = packet.getSocketAddress();
    send(gatewaySide, packet, gateway, copies);
  }

  private void fromGateway(DatagramPacket packet, int copies) {
    send(phoneSide, packet, phone, copies);
  }

  private static void send(
      DatagramSocket out, DatagramPacket packet, SocketAddress to, int copies) {
    packet.setSocketAddress(to);
    try {
      for (int copy = 0; copy < copies; copy++) {
        out.send(packet);
      }
    } catch (IOException e) {
      // As on any wire: what cannot be delivered is lost.
    }
  }

  @Override
  public void close() {
    phoneSide.close();
    gatewaySide.close();
  }
}
