package org.ringdown.gateway.admin;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
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
 * The operator's port: a few pages of JSON or text, each made anew when it is asked for, and what
 * can be ordered by POST. It has no sign-in, so it belongs on loopback or a management network;
 * what a web page sends from an operator's browser is refused. Safe from any thread.
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
   * What came of an order.
   *
   * @param status the HTTP status
   * @param body what to say as JSON
   */
  public record Answer(int status, Object body) {}

  /**
   * Starts to serve.
   *
   * @param listen where
   * @param pages what each path shows, as JSON unless it is a {@link TextPage}; must be safe from
   *     any thread
   * @param orders what a POST to each path does; must be safe from any thread
   * @throws IOException if the address cannot be bound
   */
  public static AdminServer start(
      InetSocketAddress listen,
      ImmutableMap<String, Supplier<?>> pages,
      ImmutableMap<String, Supplier<Answer>> orders)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
    threads.setName("admin");
    threads.setDaemon(true);
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost(listen.getHostString());
    connector.setPort(listen.getPort());
    server.addConnector(connector);
    server.setHandler(new Pages(pages, orders));
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
    private final ImmutableMap<String, Supplier<Answer>> orders;
    private final ObjectMapper json = new ObjectMapper();

    Pages(ImmutableMap<String, Supplier<?>> pages, ImmutableMap<String, Supplier<Answer>> orders) {
      this.pages = pages;
      this.orders = orders;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Answer answer =
          request.getHeaders().contains(HttpHeader.ORIGIN)
              ? new Answer(HttpStatus.FORBIDDEN_403, "Web pages cannot order anything here.")
              : answer(request.getMethod(), request.getHttpURI().getCanonicalPath());
      write(response, answer.status(), answer.body(), callback);
      return true;
    }

    private Answer answer(String method, String path) {
      Supplier<?> page = pages.get(path);
      Supplier<Answer> order = orders.get(path);
      if (page != null) {
        return HttpMethod.GET.is(method)
            ? new Answer(HttpStatus.OK_200, page.get())
            : new Answer(HttpStatus.METHOD_NOT_ALLOWED_405, "GET only");
      }
      if (order != null) {
        return HttpMethod.POST.is(method)
            ? order.get()
            : new Answer(HttpStatus.METHOD_NOT_ALLOWED_405, "POST only");
      }
      return new Answer(HttpStatus.NOT_FOUND_404, Sets.union(pages.keySet(), orders.keySet()));
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
