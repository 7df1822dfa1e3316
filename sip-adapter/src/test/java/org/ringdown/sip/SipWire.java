package org.ringdown.sip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A UDP socket or a TCP connection on loopback, and what arrived on it. */
interface SipWire extends Closeable {
  void send(byte[] message) throws IOException;

  BlockingQueue<byte[]> arrived();

  InetSocketAddress local();

  /** The transport as a Via header writes it. */
  String transport();

  @Override
  void close() throws IOException;

  default byte @Nullable [] next(long timeoutMs) throws InterruptedException {
    return arrived().poll(timeoutMs, TimeUnit.MILLISECONDS);
  }

  static SipWire udp(InetSocketAddress gateway) throws IOException {
    DatagramSocket socket = new DatagramSocket(0, gateway.getAddress());
    return new Udp(socket, gateway, new LinkedBlockingQueue<>()).start();
  }

  static SipWire tcp(InetSocketAddress gateway) throws IOException {
    return tcp(new Socket(gateway.getAddress(), gateway.getPort()));
  }

  static SipWire tcp(Socket socket) {
    return new Tcp(socket, "TCP", new LinkedBlockingQueue<>()).start();
  }

  /** A TLS connection whose handshake is over. */
  static SipWire tls(SSLSocket socket) {
    return new Tcp(socket, "TLS", new LinkedBlockingQueue<>()).start();
  }

  record Udp(DatagramSocket socket, InetSocketAddress gateway, BlockingQueue<byte[]> arrived)
      implements SipWire {
    Udp start() {
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
          arrived.add(Arrays.copyOf(packet.getData(), packet.getLength()));
        }
      } catch (IOException e) {
        // closed
      }
    }

    @Override
    public void send(byte[] message) throws IOException {
      socket.send(new DatagramPacket(message, message.length, gateway));
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

  record Tcp(Socket socket, String transport, BlockingQueue<byte[]> arrived) implements SipWire {
    Tcp start() {
      Thread reader = new Thread(this::read, "peer-tcp");
      reader.setDaemon(true);
      reader.start();
      return this;
    }

    private void read() {
      try {
        InputStream in = socket.getInputStream();
        while (true) {
          arrived.add(message(in));
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
    public void send(byte[] message) throws IOException {
      socket.getOutputStream().write(message);
    }

    @Override
    public InetSocketAddress local() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
