package org.ringdown.gateway.admin;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import tools.jackson.databind.ObjectMapper;

/**
 * The operator's port: a few pages of JSON or text, each made anew when it is asked for. Reading
 * only; it has no sign-in, so it belongs on loopback or a management network. Safe from any thread.
 */
public final class AdminServer implements AutoCloseable {
  private static final int THREADS = 4;

  private final Server server;
  private final ServerConnector connector;

  private AdminServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Starts to serve.
   *
   * @param listen where
   * @param pages what each path shows, as JSON unless it is a {@link TextPage}; must be safe from
   *     any thread
   * @throws IOException if the address cannot be bound
   */
  public static AdminServer start(InetSocketAddress listen, ImmutableMap<String, Supplier<?>> pages)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
    threads.setName("admin");
    threads.setDaemon(true);
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost(listen.getHostString());
    connector.setPort(listen.getPort());
    server.addConnector(connector);
    server.setHandler(new Pages(pages));
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("admin port " + listen + ": " + e.getMessage(), e);
    }
    return new AdminServer(server, connector);
  }

  /** The real port. */
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the admin port does not close", e);
    }
  }

  private static final class Pages extends Handler.Abstract {
    private final ImmutableMap<String, Supplier<?>> pages;
    private final ObjectMapper json = new ObjectMapper();

    Pages(ImmutableMap<String, Supplier<?>> pages) {
      this.pages = pages;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Supplier<?> page = pages.get(request.getHttpURI().getCanonicalPath());
      if (page == null) {
        write(response, HttpStatus.NOT_FOUND_404, pages.keySet(), callback);
      } else if (!HttpMethod.GET.is(request.getMethod())) {
        write(response, HttpStatus.METHOD_NOT_ALLOWED_405, "GET only", callback);
      } else {
        write(response, HttpStatus.OK_200, page.get(), callback);
      }
      return true;
    }

    private void write(Response response, int status, Object body, Callback callback) {
      TextPage page =
          body instanceof TextPage text
              ? text
              : new TextPage("application/json", json.writeValueAsString(body));
      response.setStatus(status);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, page.contentType());
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
      Content.Sink.write(response, true, page.text(), callback);
    }
  }
}
