package org.ringdown.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages over HTTP and HTTPS. */
final class WebPagesTest {
  private static final InetSocketAddress FREE_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @ParameterizedTest
  @CsvSource({
    "/,text/html",
    "/index.html,text/html",
    "/phone.js,text/javascript",
    "/phone.css,text/css",
    "/icon.svg,image/svg+xml",
    "/data.json,application/json",
  })
  void filesAreServedWithTheirTypeAndSecurityHeaders(String path, String type) throws Exception {
    try (WebRtcEndpoint endpoint = start(null)) {
      HttpResponse<String> response = get(endpoint, path);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(header(response, "content-type")).startsWith(type);
      assertThat(header(response, "cache-control")).isEqualTo("no-cache");
      assertThat(header(response, "content-security-policy"))
          .contains("default-src 'self'", "connect-src 'self' ws: wss:");
      assertThat(header(response, "x-content-type-options")).isEqualTo("nosniff");
      assertThat(header(response, "referrer-policy")).isEqualTo("no-referrer");
      assertThat(header(response, "permissions-policy"))
          .isEqualTo("microphone=(self), camera=(self)");
      assertThat(response.headers().firstValue("server")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/protocol/ringdown.v1.schema.json,https://json-schema.org/draft/2020-12/schema",
    "/protocol/asyncapi.json,ringdown.v1.schema.json#/$defs/client-hello",
  })
  void theProtocolIsServedForMachines(String path, String part) throws Exception {
    WebRtcConfig config = Bench.config(FREE_PORT, null, null);
    try (WebRtcEndpoint endpoint =
        WebRtcEndpoint.start(config, new ScriptedHandler(), "web/", Bench.LIMITS)) {
      HttpResponse<String> document = get(endpoint, path);
      assertThat(document.statusCode()).isEqualTo(200);
      assertThat(header(document, "content-type")).startsWith("application/json");
      assertThat(document.body()).contains(part);
    }
  }

  @Test
  void onlyTheLibraryMayBeImportedByPagesOfOtherOrigins() throws Exception {
    try (WebRtcEndpoint endpoint = start(null)) {
      HttpResponse<String> library = get(endpoint, "/client/library.js");
      assertThat(header(library, "access-control-allow-origin")).isEqualTo("*");
      assertThat(header(library, "cross-origin-resource-policy")).isEqualTo("cross-origin");
      HttpResponse<String> page = get(endpoint, "/phone.js");
      assertThat(page.headers().firstValue("access-control-allow-origin")).isEmpty();
    }
  }

  @Test
  void anUnchangedFileIsNotSentAgain() throws Exception {
    try (WebRtcEndpoint endpoint = start(null)) {
      String etag = header(get(endpoint, "/phone.js"), "etag");
      HttpResponse<String> again =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(http(endpoint, "/phone.js"))
                      .header("If-None-Match", etag)
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(again.statusCode()).isEqualTo(304);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/absent", "/web-test/index.html", "/a/../../absent", "/%2e%2e/pom.xml"})
  void whatIsNotThereIsAShortPage(String path) throws Exception {
    try (WebRtcEndpoint endpoint = start(null);
        RawClient raw = new RawClient(endpoint.listening().get(0))) {
      assertThat(raw.get(path, ""))
          .containsPattern("^HTTP/1.1 40[04] ")
          .contains("<h1>40")
          .contains("Content-Security-Policy")
          .doesNotContain("jetty", "Jetty", "Exception");
    }
  }

  @Test
  void withoutPagesEverythingIsNotFound() throws Exception {
    WebRtcConfig config = Bench.config(FREE_PORT, null, null);
    try (WebRtcEndpoint endpoint =
        WebRtcEndpoint.start(config, new ScriptedHandler(), "no-such/", Bench.LIMITS)) {
      assertThat(get(endpoint, "/").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void httpsServesTheSameWithACertificateOfItsOwn() throws Exception {
    try (WebRtcEndpoint endpoint = start(FREE_PORT)) {
      assertThat(endpoint.listening()).hasSize(2);
      BlockingQueue<X509Certificate> shown = new LinkedBlockingQueue<>();
      for (String host : new String[] {"localhost", "127.0.0.1"}) {
        HttpResponse<String> response =
            trusting(shown)
                .send(
                    HttpRequest.newBuilder(https(endpoint, host, "/")).build(),
                    HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("Test page");
      }
      assertThat(shown.element().getSubjectX500Principal().getName()).isEqualTo("CN=Ringdown");
    }
  }

  @Test
  void webSocketOverTlsSpeaksTheSame() throws Exception {
    try (WebRtcEndpoint endpoint = start(FREE_PORT);
        WebSocketClient client = new WebSocketClient(trustingJetty())) {
      client.start();
      int port = endpoint.listening().get(1).getPort();
      TestPage page = TestPage.connect(client, URI.create("wss://127.0.0.1:" + port + "/ws"));
      assertThat(page.signIn("alice")).contains("\"user\":\"alice\"");
    }
  }

  @Test
  void aConfiguredKeyStoreIsUsed(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("keys.p12");
    keyTool(file);
    WebRtcConfig config = Bench.config(null, FREE_PORT, file);
    BlockingQueue<X509Certificate> shown = new LinkedBlockingQueue<>();
    try (WebRtcEndpoint endpoint =
        WebRtcEndpoint.start(config, new ScriptedHandler(), "web-test/", Bench.LIMITS)) {
      URI uri = URI.create("https://localhost:" + endpoint.listening().get(0).getPort() + "/");
      trusting(shown)
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
    assertThat(shown.element().getSubjectX500Principal().getName()).isEqualTo("CN=configured");
  }

  private static void keyTool(Path file) throws Exception {
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "k",
                "-keyalg",
                "EC",
                "-dname",
                "CN=configured",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    tool.getInputStream().transferTo(OutputStream.nullOutputStream());
    assertThat(tool.waitFor()).isZero();
    assertThat(Files.size(file)).isPositive();
  }

  private static WebRtcEndpoint start(@Nullable InetSocketAddress https) throws IOException {
    WebRtcConfig config = Bench.config(FREE_PORT, https, null);
    return WebRtcEndpoint.start(config, new ScriptedHandler(), "web-test/", Bench.LIMITS);
  }

  private static HttpResponse<String> get(WebRtcEndpoint endpoint, String path)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(http(endpoint, path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static URI http(WebRtcEndpoint endpoint, String path) {
    return URI.create("http://127.0.0.1:" + endpoint.listening().get(0).getPort() + path);
  }

  private static URI https(WebRtcEndpoint endpoint, String host, String path) {
    return URI.create("https://" + host + ":" + endpoint.listening().get(1).getPort() + path);
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static org.eclipse.jetty.client.HttpClient trustingJetty() {
    ClientConnector connector = new ClientConnector();
    connector.setSslContextFactory(new SslContextFactory.Client(true));
    HttpClientTransport transport = new HttpClientTransportOverHTTP(connector);
    return new org.eclipse.jetty.client.HttpClient(transport);
  }

  /** Trusts any certificate, but only for its own names. */
  private static HttpClient trusting(BlockingQueue<X509Certificate> shown) throws Exception {
    SSLContext tls = SSLContext.getInstance("TLS");
    X509TrustManager trust =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {
            shown.add(chain[0]);
          }

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    tls.init(null, new TrustManager[] {trust}, null);
    return HttpClient.newBuilder().sslContext(tls).build();
  }
}
