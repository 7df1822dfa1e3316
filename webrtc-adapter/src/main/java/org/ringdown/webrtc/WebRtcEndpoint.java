package org.ringdown.webrtc;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.ringdown.webrtc.page.WebRtcHandler;
import org.ringdown.webrtc.page.WebRtcSession;
import org.ringdown.webrtc.signaling.MessageCodec;
import org.ringdown.webrtc.signaling.Timers;
import org.ringdown.webrtc.web.ServerKeys;
import org.ringdown.webrtc.web.WebServer;

/**
 * The web server: pages, and the WebSocket {@code /ws} that speaks the browser protocol. Safe from
 * any thread.
 */
public final class WebRtcEndpoint implements AutoCloseable {
  private static final String PAGES = "web/";
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final WebServer server;
  private final ScheduledThreadPoolExecutor timerThread;
  private final Sessions sessions;

  private WebRtcEndpoint(
      WebServer server, ScheduledThreadPoolExecutor timerThread, Sessions sessions) {
    this.server = server;
    this.timerThread = timerThread;
    this.sessions = sessions;
  }

  /**
   * Reads a PKCS#12 file as HTTPS would use it.
   *
   * @throws IOException why it cannot be used; names the file and never the password
   */
  public static void checkKeyStore(Path file, String password) throws IOException {
    var unused = ServerKeys.load(file, password.toCharArray());
  }

  /**
   * Opens the ports and starts to serve.
   *
   * @throws IOException if an address cannot be bound or the key store cannot be read; nothing
   *     stays open then
   */
  public static WebRtcEndpoint start(WebRtcConfig config, WebRtcHandler handler)
      throws IOException {
    return start(config, handler, PAGES, SessionSettings.Limits.DEFAULT);
  }

  /**
   * Opens the ports and starts to serve, with threads of the caller's for what pages lead to.
   *
   * @throws IOException if an address cannot be bound or the key store cannot be read; nothing
   *     stays open then
   */
  public static WebRtcEndpoint start(
      WebRtcConfig config, WebRtcHandler handler, PageThreads threads) throws IOException {
    WebServer server = new WebServer(serverSettings(config, PAGES, SessionSettings.Limits.DEFAULT));
    return start(config, handler, server, SessionSettings.Limits.DEFAULT, threads);
  }

  /** As {@link #start(WebRtcConfig, WebRtcHandler)}, with other pages and bounds. */
  static WebRtcEndpoint start(
      WebRtcConfig config, WebRtcHandler handler, String pages, SessionSettings.Limits limits)
      throws IOException {
    WebServer server = new WebServer(serverSettings(config, pages, limits));
    return start(config, handler, server, limits, server.executor()::execute);
  }

  private static WebRtcEndpoint start(
      WebRtcConfig config,
      WebRtcHandler handler,
      WebServer server,
      SessionSettings.Limits limits,
      PageThreads threads)
      throws IOException {
    ScheduledThreadPoolExecutor timerThread = timerThread();
    SessionSettings settings =
        new SessionSettings(
            config,
            limits,
            new MessageCodec(config.limits().maxFrameBytes()),
            (delay, task) -> schedule(timerThread, delay, task),
            Ticker.systemTicker(),
            threads);
    Sessions sessions = new Sessions(settings, handler);
    Visitors visitors = new Visitors(settings);
    try {
      server.start(socket -> new PageConnection(socket, sessions, settings, handler, visitors));
    } catch (IOException e) {
      timerThread.shutdownNow();
      throw e;
    }
    return new WebRtcEndpoint(server, timerThread, sessions);
  }

  /** Where it listens, with the real ports: HTTP first, then HTTPS. */
  public ImmutableList<InetSocketAddress> listening() {
    return server.listening();
  }

  /** How many sessions are open, those waiting for their page to come back included. */
  public int openSessions() {
    return sessions.size();
  }

  /** The sessions that are open, those waiting for their page to come back included. */
  public ImmutableList<WebRtcSession> sessions() {
    return sessions.all();
  }

  /** How many timers wait. */
  int pendingTimers() {
    return timerThread.getQueue().size();
  }

  /** Says {@code goodbye} to every page and closes. */
  @Override
  public void close() {
    sessions.closeAll(Ending.SHUTTING_DOWN, PATIENCE);
    server.close();
    timerThread.shutdownNow();
  }

  private static WebServer.Settings serverSettings(
      WebRtcConfig config, String pages, SessionSettings.Limits limits) {
    return new WebServer.Settings(
        config.http(),
        config.https(),
        config.keyStore(),
        config.keyStorePassword(),
        config.certificateHosts(),
        config.allowedOrigins(),
        "/ws",
        "ringdown.v1",
        config.limits().maxFrameBytes(),
        limits.maxQueuedChars(),
        pages);
  }

  private static ScheduledThreadPoolExecutor timerThread() {
    ScheduledThreadPoolExecutor timers =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "ringdown-web-sessions");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    timers.setRemoveOnCancelPolicy(true);
    return timers;
  }

  private static Timers.Timer schedule(
      ScheduledThreadPoolExecutor timers, Duration delay, Runnable task) {
    Future<?> waiting = timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> waiting.cancel(false);
  }
}
