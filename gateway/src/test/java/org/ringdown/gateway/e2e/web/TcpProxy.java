package org.ringdown.gateway.e2e.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ringdown.gateway.e2e.process.FreePorts;

/**
 * A network between pages and the gateway that can fail: it cuts its connections, refuses new ones,
 * or lets them stand and passes nothing on, as a path does whose other end has gone. Safe from any
 * thread.
 */
public final class TcpProxy implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int BUFFER_BYTES = 8192;
  private static final String UPGRADE = "GET /ws ";

  private final int target;
  private final ServerSocket server;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean refusing;
  private volatile CountDownLatch stalled = new CountDownLatch(0);

  private TcpProxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** Leads from a free port to this one. */
  public static TcpProxy to(int target, FreePorts ports) {
    try {
      TcpProxy proxy = new TcpProxy(new ServerSocket(ports.one(), 50, LOOPBACK), target);
      proxy.run(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of the gateway's web server as pages see it. */
  public String webUrl() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/";
  }

  /** Ends all connections by a reset, and refuses new ones until {@link #mend}. */
  public void cut() {
    refusing = true;
    connections.forEach(Connection::reset);
  }

  /** Passes nothing on any more; nobody is told. New connections are refused. */
  public void stall() {
    refusing = true;
    stalled = new CountDownLatch(1);
  }

  /** All is well again; a page learns by a reset that the gateway has given its socket up. */
  public void mend() {
    refusing = false;
    stalled.countDown();
    connections.stream().filter(Connection::isGivenUp).forEach(Connection::reset);
  }

  /** Waits until the gateway has ended its side of every WebSocket. */
  public boolean awaitGatewayGone(Duration limit) throws InterruptedException {
    for (Connection connection : connections) {
      if (connection.isSocket
          && !connection.gatewayGone.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return true;
  }

  private void accept() throws IOException {
    while (!server.isClosed()) {
      Socket page = server.accept();
      if (refusing) {
        page.setSoLinger(true, 0);
        page.close();
      } else {
        Connection connection = new Connection(page, new Socket(LOOPBACK, target));
        connections.add(connection);
        run(connection::up);
        run(connection::down);
      }
    }
  }

  private void run(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException ended) {
                // A socket is closed: by one of the ends, by a cut, or by the end of the test.
              }
            },
            "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    mend();
    connections.forEach(Connection::reset);
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  /** One connection of a page. */
  private final class Connection {
    private final Socket page;
    private final Socket gateway;
    private final CountDownLatch gatewayGone = new CountDownLatch(1);
    private volatile boolean isSocket;

    Connection(Socket page, Socket gateway) {
      this.page = page;
      this.gateway = gateway;
    }

    boolean isGivenUp() {
      return gatewayGone.getCount() == 0;
    }

    void up() throws IOException {
      pass(page.getInputStream(), gateway.getOutputStream());
    }

    /** Reads on while stalled, so that the gateway's end is seen; the page gets nothing. */
    void down() throws IOException {
      try {
        pass(gateway.getInputStream(), page.getOutputStream());
      } finally {
        gatewayGone.countDown();
        if (stalled.getCount() == 0) {
          reset();
        }
      }
    }

    private void pass(InputStream from, OutputStream to) throws IOException {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        isSocket |= new String(buffer, 0, read, StandardCharsets.ISO_8859_1).startsWith(UPGRADE);
        if (stalled.getCount() == 0) {
          to.write(buffer, 0, read);
        }
      }
    }

    void reset() {
      connections.remove(this);
      reset(page);
      reset(gateway);
    }

    private static void reset(Socket end) {
      try {
        end.setSoLinger(true, 0);
        end.close();
      } catch (IOException gone) {
        // It has ended by itself meanwhile.
      }
    }
  }
}
