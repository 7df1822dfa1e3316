package org.ringdown.webrtc.web;

import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a WebSocket of a request to one path, or says in a readable body why not. Extensions are
 * refused: permessage-deflate keeps about 90 KB for each idle socket. Safe from any thread.
 */
final class SocketUpgrade extends Handler.Abstract {
  private static final Logger log = LoggerFactory.getLogger(SocketUpgrade.class);

  private final String path;
  private final String subprotocol;
  private final OriginPolicy origins;
  private final ServerWebSocketContainer container;
  private final Supplier<Object> sockets;

  SocketUpgrade(
      String path,
      String subprotocol,
      OriginPolicy origins,
      ServerWebSocketContainer container,
      Supplier<Object> sockets) {
    this.path = path;
    this.subprotocol = subprotocol;
    this.origins = origins;
    this.container = container;
    this.sockets = sockets;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!Request.getPathInContext(request).equals(path)) {
      return false;
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (!request.getHeaders().contains(HttpHeader.UPGRADE, "websocket")) {
      refuse(response, callback, 426, "This is a WebSocket; connect with " + subprotocol + ".");
    } else if (!origins.allows(origin, request.getHeaders().get(HttpHeader.HOST))) {
      log.info("Refused a WebSocket from a page of another origin; see allowedOrigins");
      refuse(response, callback, 403, "Pages of this origin may not connect; see allowedOrigins.");
    } else if (!offered(request).contains(subprotocol)) {
      refuse(response, callback, 400, "Offer the subprotocol " + subprotocol + ".");
    } else if (!container.upgrade(this::accept, request, response, callback)) {
      refuse(response, callback, 400, "This is not a WebSocket handshake (RFC 6455 section 4.1).");
    }
    return true;
  }

  private static List<String> offered(Request request) {
    return request.getHeaders().getCSV(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, false);
  }

  private Object accept(
      ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
    response.setAcceptedSubProtocol(subprotocol);
    response.setExtensions(List.of());
    return sockets.get();
  }

  private static void refuse(Response response, Callback callback, int status, String text) {
    response.setStatus(status);
    if (status == 426) {
      response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    SecurityHeaders.put(response.getHeaders());
    Content.Sink.write(response, true, text + "\n", callback);
  }
}
