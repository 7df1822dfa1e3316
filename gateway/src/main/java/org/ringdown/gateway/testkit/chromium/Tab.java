package org.ringdown.gateway.testkit.chromium;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One page, in a browser context of its own. Safe from any thread. */
public final class Tab implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Errors as values, so that they come without the page's stack. */
  private static final String FUNCTION =
      """
      (async () => {
        try {
          return { value: await (async (args) => {
            %s
          })(%s) };
        } catch (e) {
          return { error: e?.code ? `${e.code}, ${e.message}` : String(e) };
        }
      })()
      """;

  private final DevTools tools;
  private final String context;
  private final String session;

  private Tab(DevTools tools, String context, String session) {
    this.tools = tools;
    this.context = context;
    this.session = session;
  }

  /**
   * Opens one, empty.
   *
   * @param proxy host and port of an HTTP proxy, for loopback too
   * @param teller the name of the function by which the page tells something
   * @param onTold what it tells, in order; {@code "uncaught: ..."} is what its scripts throw
   */
  static Tab open(DevTools tools, String proxy, String teller, Consumer<String> onTold)
      throws IOException, InterruptedException {
    Map<String, String> way = Map.of("proxyServer", proxy, "proxyBypassList", "<-loopback>");
    JsonNode made = tools.command("", "Target.createBrowserContext", way, PATIENCE);
    String context = made.path("browserContextId").asString("");
    Map<String, String> blank = Map.of("url", "about:blank", "browserContextId", context);
    JsonNode target = tools.command("", "Target.createTarget", blank, PATIENCE);
    Map<String, Object> whole =
        Map.of("targetId", target.path("targetId").asString(""), "flatten", true);
    JsonNode attached = tools.command("", "Target.attachToTarget", whole, PATIENCE);
    Tab tab = new Tab(tools, context, attached.path("sessionId").asString(""));
    tools.listen(tab.session, event -> tell(event, onTold));
    tab.command("Runtime.enable", Map.of());
    tab.command("Runtime.addBinding", Map.of("name", teller));
    return tab;
  }

  private static void tell(JsonNode event, Consumer<String> onTold) {
    switch (event.path("method").asString("")) {
      case "Runtime.bindingCalled" -> onTold.accept(event.at("/params/payload").asString(""));
      case "Runtime.exceptionThrown" ->
          onTold.accept(
              "uncaught: "
                  + event.at("/params/exceptionDetails/exception/description").asString(""));
      default -> {}
    }
  }

  private JsonNode command(String method, Map<String, ?> params)
      throws IOException, InterruptedException {
    return tools.command(session, method, params, PATIENCE);
  }

  /**
   * Lets pages of an origin use microphones, and so see the addresses of this machine. Without
   * effect for an origin that the browser thinks insecure, whose pages may not.
   */
  public void trust(String origin) throws InterruptedException {
    String[] granted = {"audioCapture"};
    Map<String, Object> grant =
        Map.of("origin", origin, "permissions", granted, "browserContextId", context);
    try {
      tools.command("", "Browser.grantPermissions", grant, PATIENCE);
    } catch (IOException e) {
      // its candidates have names instead of addresses (mDNS), which serve as well
    }
  }

  /** Goes to pages whatever their certificate. */
  public void takeAnyCertificate() throws IOException, InterruptedException {
    command("Security.setIgnoreCertificateErrors", Map.of("ignore", true));
  }

  /**
   * Goes to a page.
   *
   * @throws IOException if it cannot be had
   */
  public void visit(String url) throws IOException, InterruptedException {
    String error = command("Page.navigate", Map.of("url", url)).path("errorText").asString("");
    if (!error.isEmpty()) {
      throw new IOException(url + " does not open: " + error);
    }
  }

  /**
   * Runs the body of an async function in the page and waits until it is over.
   *
   * @param args what it finds as {@code args}
   * @return what it returns
   * @throws IOException with what it throws: {@code code, message} if there is a code
   */
  public JsonNode run(String body, Map<String, ?> args) throws IOException, InterruptedException {
    String expression = FUNCTION.formatted(body, JSON.writeValueAsString(args));
    JsonNode result =
        command(
            "Runtime.evaluate",
            Map.of(
                "expression", expression,
                "awaitPromise", true,
                "returnByValue", true,
                "userGesture", true));
    String broken = result.at("/exceptionDetails/exception/description").asString("");
    String error = result.at("/result/value/error").asString(broken);
    if (!error.isEmpty()) {
      throw new IOException(error);
    }
    return result.at("/result/value/value");
  }

  @Override
  public void close() {
    try {
      tools.command(
          "", "Target.disposeBrowserContext", Map.of("browserContextId", context), PATIENCE);
    } catch (IOException e) {
      // it ends with its browser
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
