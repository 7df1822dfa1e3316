package org.ringdown.webrtc.web;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves pages and one WebSocket path, over HTTP, HTTPS or both alike. An idle socket costs no
 * thread. Safe from any thread.
 */
public final class WebServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WebServer.class);
  private static final int MAX_THREADS = 16;
  private static final int MIN_THREADS = 4;
  private static final Duration HTTP_IDLE = Duration.ofSeconds(30);
  private static final int SOCKET_BUFFER_BYTES = 2 * 1024;

  private final Settings settings;
  private final QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
  private final Server server;
  private final List<ServerConnector> connectors = new ArrayList<>();

  /** A server that is not open yet. */
  public WebServer(Settings settings) {
    this.settings = settings;
    threads.setName("ringdown-web");
    threads.setDaemon(true);
    server = new Server(threads, new ScheduledExecutorScheduler("ringdown-web-timer", true), null);
  }

  /**
   * Opens the ports and serves. Each new socket is given to {@code acceptor}, which says who hears
   * of it.
   *
   * @throws IOException if an address cannot be bound or the key store cannot be read; nothing
   *     stays open then
   */
  public void start(Function<TextSocket, TextSocket.Listener> acceptor) throws IOException {
    try {
      openConnectors();
      server.setErrorHandler(new Pages.Errors());
      server.setHandler(
          new Handler.Sequence(upgrade(acceptor), new Pages(server, settings.pages())));
      server.start();
    } catch (IOException e) {
      close();
      throw e;
    } catch (Exception e) {
      close();
      throw new IOException("the web server cannot start: " + e.getMessage(), e);
    }
  }

  /** Runs tasks on the server's threads, from {@link #start} to {@link #close}. */
  public Executor executor() {
    return threads;
  }

  /** Where it listens, with the real ports: HTTP first, then HTTPS. */
  public ImmutableList<InetSocketAddress> listening() {
    return connectors.stream().map(WebServer::address).collect(ImmutableList.toImmutableList());
  }

  /** Closes ports and sockets. */
  @Override
  public void close() {
    try {
      connectors.forEach(ServerConnector::close);
      server.stop();
    } catch (Exception e) {
      log.warn("The web server did not stop cleanly: {}", e.toString());
    }
  }

  private void openConnectors() throws IOException {
    if (settings.http() != null) {
      open(settings.http(), new HttpConnectionFactory(httpConfiguration(false)));
    }
    if (settings.https() != null) {
      HttpConnectionFactory http = new HttpConnectionFactory(httpConfiguration(true));
      open(settings.https(), new SslConnectionFactory(tls(), http.getProtocol()), http);
    }
  }

  private void open(InetSocketAddress address, ConnectionFactory... protocols) throws IOException {
    ServerConnector connector = new Connector(server, protocols);
    connector.setHost(address.getAddress() == null ? address.getHostString() : host(address));
    connector.setPort(address.getPort());
    connector.setIdleTimeout(HTTP_IDLE.toMillis());
    try {
      connector.open();
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(whyNotBound(address, e), e);
    }
    connectors.add(connector);
    server.addConnector(connector);
  }

  private static String host(InetSocketAddress address) {
    return address.getAddress().getHostAddress();
  }

  private static String whyNotBound(InetSocketAddress address, Exception e) {
    String where = address.getHostString() + ":" + address.getPort();
    Throwable cause = Throwables.getRootCause(e);
    String text = String.valueOf(cause.getMessage());
    if (cause instanceof BindException && text.contains("in use")) {
      return "address " + where + " is in use";
    }
    boolean unknown = cause instanceof UnresolvedAddressException || text.contains("nresolved");
    return "cannot listen on " + where + ": " + (unknown ? "unknown host" : text);
  }

  private static HttpConfiguration httpConfiguration(boolean secure) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    if (secure) {
      http.addCustomizer(new SecureRequestCustomizer(false));
    }
    return http;
  }

  private SslContextFactory.Server tls() throws IOException {
    Path file = settings.keyStore();
    String password = file == null ? "unprotected" : settings.keyStorePassword();
    KeyStore store =
        file == null
            ? ServerKeys.selfSigned(
                settings.certificateHosts(), password.toCharArray(), Instant.now())
            : ServerKeys.load(file, password.toCharArray());
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(store);
    tls.setKeyStorePassword(password);
    tls.setSniRequired(false);
    return tls;
  }

  private SocketUpgrade upgrade(Function<TextSocket, TextSocket.Listener> acceptor) {
    ServerWebSocketContainer container = ServerWebSocketContainer.ensure(server);
    container.setIdleTimeout(Duration.ZERO);
    container.setMaxFrameSize(0);
    container.setMaxTextMessageSize(0);
    container.setMaxBinaryMessageSize(0);
    container.setAutoFragment(true);
    container.setInputBufferSize(SOCKET_BUFFER_BYTES);
    return new SocketUpgrade(
        settings.socketPath(),
        settings.subprotocol(),
        new OriginPolicy(settings.allowedOrigins()),
        container,
        () -> new IncomingFrames(settings.maxFrameBytes(), settings.maxQueuedChars(), acceptor));
  }

  /** Gives its connections time to be read to the end. */
  private static final class Connector extends ServerConnector {
    Connector(Server server, ConnectionFactory... protocols) {
      super(server, 1, 1, protocols);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(
        SocketChannel channel, ManagedSelector selector, SelectionKey key) {
      LingeringEndPoint endPoint = new LingeringEndPoint(channel, selector, key, getScheduler());
      endPoint.setIdleTimeout(getIdleTimeout());
      return endPoint;
    }
  }

  private static InetSocketAddress address(ServerConnector connector) {
    return new InetSocketAddress(connector.getHost(), connector.getLocalPort());
  }

  /**
   * How the server is set up.
   *
   * @param http where to listen for HTTP; null for nowhere
   * @param https where to listen for HTTPS; null for nowhere
   * @param keyStore a PKCS#12 file; null makes a self-signed certificate
   * @param keyStorePassword its password, empty for none
   * @param certificateHosts what a self-signed certificate is made for
   * @param allowedOrigins origins besides the server's own that may open a socket; {@code *} all
   * @param socketPath the path of the WebSocket
   * @param subprotocol the subprotocol it requires
   * @param maxFrameBytes the longest text frame
   * @param maxQueuedChars how much may wait for a slow reader
   * @param pages the class path folder of the pages
   */
  public record Settings(
      @Nullable InetSocketAddress http,
      @Nullable InetSocketAddress https,
      @Nullable Path keyStore,
      String keyStorePassword,
      ImmutableList<String> certificateHosts,
      ImmutableList<String> allowedOrigins,
      String socketPath,
      String subprotocol,
      int maxFrameBytes,
      int maxQueuedChars,
      String pages) {}
}
