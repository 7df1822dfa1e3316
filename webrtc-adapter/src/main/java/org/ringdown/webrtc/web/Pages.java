package org.ringdown.webrtc.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.resource.Resources;

/**
 * Serves the files of one class path folder, each checked by its ETag at every use, so that a new
 * version of the gateway is a new version of its pages. Safe from any thread.
 */
final class Pages extends Handler.Wrapper {
  /** Pages from anywhere may import it; which of them may connect is another question. */
  private static final String LIBRARY = "/client/";

  /** An absent folder has no files: every path is 404. */
  Pages(Server server, String folder) {
    Resource base = ResourceFactory.of(server).newClassLoaderResource(folder);
    if (Resources.isReadableDirectory(base)) {
      ResourceHandler files = new ResourceHandler();
      files.setBaseResource(base);
      files.setWelcomeFiles("index.html");
      files.setDirAllowed(false);
      files.setEtags(true);
      files.setCacheControl("no-cache");
      setHandler(files);
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    SecurityHeaders.put(response.getHeaders());
    if (Request.getPathInContext(request).startsWith(LIBRARY)) {
      SecurityHeaders.openToAllOrigins(response.getHeaders());
    }
    return super.handle(request, response, callback);
  }

  /** Answers what nothing else answers, in one line. */
  static final class Errors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      int status = response.getStatus();
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html; charset=utf-8");
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
      SecurityHeaders.put(response.getHeaders());
      String title = status + " " + HttpStatus.getMessage(status);
      String page =
          "<!doctype html><html lang=\"en\"><title>%s</title><h1>%s</h1><p><a href=\"/\">Home</a>\n"
              .formatted(title, title);
      response.write(true, ByteBuffer.wrap(page.getBytes(StandardCharsets.UTF_8)), callback);
      return true;
    }
  }
}
