package org.ringdown.gateway.testkit.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on loopback between a page and the gateway, to break the connection as networks do.
 * WebSockets and TLS go through a tunnel (HTTP CONNECT, RFC 9110 section 9.3.6), other requests as
 * they are. Safe from any thread.
 */
final class Relay implements AutoCloseable {
  private static final int HTTP_PORT = 80;

  private final ServerSocket server;
  private final List<Pair> pairs = new CopyOnWriteArrayList<>();
  private volatile @Nullable String trouble;

  private Relay(ServerSocket server) {
    this.server = server;
  }

  static Relay open() throws IOException {
    Relay relay = new Relay(new ServerSocket(0, 8, InetAddress.getLoopbackAddress()));
    start("relay", relay::accept);
    return relay;
  }

  ProxySelector proxy() {
    return ProxySelector.of((InetSocketAddress) server.getLocalSocketAddress());
  }

  /** Why the last connection did not come about. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Host and port. */
  String address() {
    return InetAddresses.toUriString(server.getInetAddress()) + ":" + server.getLocalPort();
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket page = server.accept();
        start("relay-connect", () -> connect(page));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void connect(Socket page) {
    try {
      String head = head(page.getInputStream());
      String[] request = head.split(" ", 3);
      boolean tunnel = request[0].equals("CONNECT");
      HostAndPort target = target(tunnel ? request[1] : URI.create(request[1]).getAuthority());
      Socket gateway = new Socket(target.getHost(), target.getPortOrDefault(HTTP_PORT));
      Pair pair = new Pair(page, gateway);
      pairs.add(pair);
      trouble = null;
      OutputStream first = tunnel ? page.getOutputStream() : gateway.getOutputStream();
      first.write((tunnel ? "HTTP/1.1 200 OK\r\n\r\n" : head).getBytes(ISO_8859_1));
      start("relay-up", () -> pair.pump(page, gateway, true));
      start("relay-down", () -> pair.pump(gateway, page, false));
    } catch (IOException | IllegalArgumentException e) {
      trouble = e.getMessage();
      Pair.reset(page);
    }
  }

  private static HostAndPort target(@Nullable String authority) throws IOException {
    if (authority == null) {
      throw new IOException("a request that names no host");
    }
    return HostAndPort.fromString(authority);
  }

  /** A request up to its empty line. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("the page has gone");
      }
      head.write(b);
    }
    return head.toString(ISO_8859_1);
  }

  /** Resets both connections. */
  void cut() {
    pairs.forEach(Pair::reset);
    pairs.clear();
  }

  /**
   * Lets nothing through any more and tells nobody.
   *
   * @param up whether what the page sends is held too
   */
  void stall(boolean up) {
    for (Pair pair : pairs) {
      pair.downStalled = true;
      pair.upStalled |= up;
    }
  }

  @Override
  public void close() throws IOException {
    cut();
    server.close();
  }

  private static final class Pair {
    private final Socket page;
    private final Socket gateway;
    private volatile boolean upStalled;
    private volatile boolean downStalled;

    Pair(Socket page, Socket gateway) {
      this.page = page;
      this.gateway = gateway;
    }

    private void pump(Socket from, Socket to, boolean up) {
      byte[] buffer = new byte[16_384];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          if (!(up ? upStalled : downStalled)) {
            out.write(buffer, 0, n);
          }
        }
      } catch (IOException e) {
        // reset
      }
      if (!upStalled && !downStalled) {
        reset();
      }
    }

    private void reset() {
      reset(page);
      reset(gateway);
    }

    private static void reset(Socket socket) {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException e) {
        // gone already
      }
    }
  }
}
