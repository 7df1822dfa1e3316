package org.ringdown.gateway.e2e.web;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A web site that is not the gateway's: one page at every path. Safe from any thread. */
public final class ForeignSite implements AutoCloseable {
  private final HttpServer server;
  private volatile String page = "";

  private ForeignSite(HttpServer server) {
    this.server = server;
  }

  /** Opens the site on that port. */
  public static ForeignSite open(int port) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      ForeignSite site = new ForeignSite(HttpServer.create(address, 0));
      site.server.createContext(
          "/",
          exchange -> {
            byte[] body = site.page.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      site.server.start();
      return site;
    } catch (IOException e) {
      throw new IllegalStateException("no site on port " + port, e);
    }
  }

  /** What the site shows from now on. */
  public ForeignSite showing(String html) {
    page = html;
    return this;
  }

  /** Its origin, as browsers name it. */
  public String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
