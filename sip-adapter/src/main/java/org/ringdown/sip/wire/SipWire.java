package org.ringdown.sip.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket or a TCP connection, and the messages that arrived on it. What is sent goes out as
 * it is. Safe from any thread.
 */
public interface SipWire extends Closeable {
  /** Sends bytes to a place; a connection has only one. */
  void send(byte[] message, InetSocketAddress to) throws IOException;

  /** Sends bytes to the peer that the wire was made for. */
  void send(byte[] message) throws IOException;

  /** The messages that have come and were not taken. */
  BlockingQueue<Arrival> arrived();

  /** The local address. */
  InetSocketAddress local();

  /** The transport as a Via header writes it. */
  String transport();

  @Override
  void close() throws IOException;

  /** A message and where it came from. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Arrival(byte[] bytes, InetSocketAddress from) {}

  /** The next message; null if none comes in time. */
  default byte @Nullable [] next(long timeoutMs) throws InterruptedException {
    Arrival arrival = arrived().poll(timeoutMs, TimeUnit.MILLISECONDS);
    return arrival == null ? null : arrival.bytes();
  }

  /** A UDP socket on the peer's own address: for a peer on this machine. */
  static SipWire udp(InetSocketAddress peer) throws IOException {
    return udp(new InetSocketAddress(peer.getAddress(), 0), peer);
  }

  /** A UDP socket on a local address; port 0 takes any. */
  static SipWire udp(InetSocketAddress local, InetSocketAddress peer) throws IOException {
    return new Udp(new DatagramSocket(local), peer, new LinkedBlockingQueue<>()).start();
  }

  /** A new connection to the peer. */
  static SipWire tcp(InetSocketAddress peer) throws IOException {
    return over(new Socket(peer.getAddress(), peer.getPort()), "TCP");
  }

  /**
   * A connection that stands already, of whatever kind.
   *
   * @param transport as a Via header writes it
   */
  static SipWire over(Socket socket, String transport) {
    return new Stream(socket, transport, new LinkedBlockingQueue<>()).start();
  }

  /** A text as it goes out. */
  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** Datagrams. */
  record Udp(DatagramSocket socket, InetSocketAddress peer, BlockingQueue<Arrival> arrived)
      implements SipWire {
    private Udp start() {
      Thread reader = new Thread(this::read, "peer-udp");
      reader.setDaemon(true);
      reader.start();
      return this;
    }

    private void read() {
      DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
      try {
        while (true) {
          socket.receive(packet);
          byte[] message = Arrays.copyOf(packet.getData(), packet.getLength());
          arrived.add(new Arrival(message, (InetSocketAddress) packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // closed
      }
    }

    @Override
    public void send(byte[] message, InetSocketAddress to) throws IOException {
      socket.send(new DatagramPacket(message, message.length, to));
    }

    @Override
    public void send(byte[] message) throws IOException {
      send(message, peer);
    }

    @Override
    public InetSocketAddress local() {
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public String transport() {
      return "UDP";
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  /** A connection; messages are cut by their Content-Length (RFC 3261 section 18.3). */
  record Stream(Socket socket, String transport, BlockingQueue<Arrival> arrived)
      implements SipWire {
    private Stream start() {
      Thread reader = new Thread(this::read, "peer-stream");
      reader.setDaemon(true);
      reader.start();
      return this;
    }

    private void read() {
      InetSocketAddress from = (InetSocketAddress) socket.getRemoteSocketAddress();
      try {
        InputStream in = socket.getInputStream();
        while (true) {
          arrived.add(new Arrival(message(in), from));
        }
      } catch (IOException e) {
        // closed
      }
    }

    private static byte[] message(InputStream in) throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
        int b = in.read();
        if (b < 0) {
          throw new IOException("closed");
        }
        if (head.size() > 0 || (b != '\r' && b != '\n')) {
          head.write(b);
        }
      }
      String length = SipText.parse(head.toByteArray()).find("Content-Length").orElse("0");
      head.write(in.readNBytes(Integer.parseInt(length)));
      return head.toByteArray();
    }

    @Override
    public void send(byte[] message, InetSocketAddress to) throws IOException {
      send(message);
    }

    @Override
    public synchronized void send(byte[] message) throws IOException {
      socket.getOutputStream().write(message);
      socket.getOutputStream().flush();
    }

    @Override
    public InetSocketAddress local() {
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
