package org.ringdown.gateway.testkit.sip;

import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.sip.Profile.Transport;
import org.ringdown.gateway.testkit.stage.AnyCertificate;
import org.ringdown.gateway.testkit.stage.Happening.Kind;
import org.ringdown.gateway.testkit.stage.Network;
import org.ringdown.gateway.testkit.stage.Stage;
import org.ringdown.sip.wire.SipText;
import org.ringdown.sip.wire.SipWire;

/**
 * The socket of a phone: opened, cut and opened anew, here or in another network, with the faults
 * of the script between it and the phone. Safe from any thread.
 */
final class PhoneWire implements AutoCloseable {
  private static final InetSocketAddress NOBODY = new InetSocketAddress("127.0.0.1", 9);

  private final Stage stage;
  private final Profile profile;
  private final Faults faults;
  private final BiConsumer<SipText, InetSocketAddress> onMessage;
  private volatile InetSocketAddress gateway = NOBODY;
  private volatile Network network;
  private volatile InetSocketAddress place;
  private volatile SipWire wire;
  private volatile InetSocketAddress here;
  private @Nullable Thread reader;

  /** Binds a port; nobody reads it yet. */
  PhoneWire(Stage stage, Profile profile, BiConsumer<SipText, InetSocketAddress> onMessage)
      throws IOException {
    this.stage = stage;
    this.profile = profile;
    this.onMessage = onMessage;
    faults = new Faults(stage.trace(), profile.name(), stage.timer());
    network = stage.network();
    wire = bind(new InetSocketAddress(network.address(), profile.port()));
    place = wire.local();
    here = place;
  }

  private static SipWire bind(InetSocketAddress place) throws IOException {
    try {
      return SipWire.udp(place, NOBODY);
    } catch (IOException e) {
      throw new IOException("no UDP at " + hostPort(place) + ": " + e.getMessage(), e);
    }
  }

  /** Learns where the gateway is; over TCP it connects. */
  void connect(InetSocketAddress address) throws IOException {
    gateway = address;
    if (isDatagrams()) {
      read();
    } else {
      open();
    }
  }

  /** Is gone, as a machine is whose power fails. */
  void cut() throws IOException {
    wire.close();
  }

  /** Is there again, on the same port. */
  void comeBack() throws IOException {
    open();
  }

  /** Is somewhere else from now on, on another port. */
  synchronized void changeNetwork() throws IOException {
    Network old = network;
    network = old.another();
    place = new InetSocketAddress(network.address(), 0);
    open();
    place = here;
    if (old != stage.network()) {
      old.close();
    }
  }

  private synchronized void open() throws IOException {
    wire.close();
    wire =
        switch (profile.transport()) {
          case UDP -> SipWire.udp(place, gateway);
          case TCP -> SipWire.tcp(gateway);
          case TLS -> tls();
        };
    here = wire.local();
    read();
  }

  private SipWire tls() throws IOException {
    SSLSocket socket =
        (SSLSocket)
            AnyCertificate.context()
                .getSocketFactory()
                .createSocket(gateway.getAddress(), gateway.getPort());
    socket.startHandshake();
    return SipWire.over(socket, "TLS");
  }

  private synchronized void read() {
    stopReading();
    SipWire own = wire;
    Thread thread = new Thread(() -> read(own), profile.name() + "-sip");
    thread.setDaemon(true);
    thread.start();
    reader = thread;
  }

  private synchronized void stopReading() {
    if (reader != null) {
      reader.interrupt();
    }
  }

  private void read(SipWire own) {
    try {
      while (true) {
        SipWire.Arrival arrival = own.arrived().take();
        SipText message = SipText.parse(arrival.bytes());
        faults.pass(message, false, () -> onMessage.accept(message, arrival.from()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends a text once, as the faults will have it. */
  void transmit(String text, InetSocketAddress to) {
    SipText message = SipText.parse(SipWire.bytes(text));
    faults.pass(message, true, () -> write(text, message, to));
  }

  private void write(String text, SipText message, InetSocketAddress to) {
    stage.trace().add(profile.name(), Kind.SENT, label(message), message.toString());
    try {
      wire.send(SipWire.bytes(text), to);
    } catch (IOException e) {
      stage.trace().note(profile.name(), "cannot send: " + e.getMessage());
    }
  }

  /** A message in a word or two. */
  static String label(SipText message) {
    if (message.isRequest()) {
      return message.summary();
    }
    String phrase = message.startLine().replaceFirst("SIP/2.0 ", "");
    return message.method().equals("INVITE")
        ? phrase
        : phrase.replaceFirst(" ", "/" + message.method() + " ");
  }

  boolean isDatagrams() {
    return profile.transport() == Transport.UDP;
  }

  Faults faults() {
    return faults;
  }

  Network network() {
    return network;
  }

  InetSocketAddress gateway() {
    return gateway;
  }

  /** The host of its own address and of those it calls. */
  String domain() {
    return profile.domain().isEmpty() ? hostPort(gateway) : profile.domain();
  }

  /** The value of its Contact header. */
  String contact() {
    String transport = profile.transport().parameter();
    return "<sip:" + profile.user() + "@" + hostPort(here) + transport + ">";
  }

  /** The Via of a request. */
  String via(String branch) {
    return "SIP/2.0/" + wire.transport() + " " + hostPort(here) + ";rport;branch=" + branch;
  }

  /** As a URI has it. */
  static String hostPort(InetSocketAddress address) {
    return InetAddresses.toUriString(address.getAddress()) + ":" + address.getPort();
  }

  /** The variables that scripts know of it. */
  ImmutableMap<String, String> facts() {
    return ImmutableMap.of(
        "user", profile.user(),
        "password", profile.password(),
        "port", String.valueOf(here.getPort()),
        "address", hostPort(here));
  }

  @Override
  public synchronized void close() throws IOException {
    stopReading();
    if (network != stage.network()) {
      network.close();
    }
    wire.close();
  }
}
