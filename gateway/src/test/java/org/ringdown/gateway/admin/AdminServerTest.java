package org.ringdown.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AdminServerTest {
  private final AtomicInteger orders = new AtomicInteger();
  private AdminServer server;

  @BeforeEach
  void open() throws Exception {
    server =
        AdminServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            ImmutableMap.of("/health", () -> ImmutableMap.of("status", "up")),
            ImmutableMap.of(
                "/reload", () -> new AdminServer.Answer(200, orders.incrementAndGet())));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void showsItsPagesAndTakesOrders() throws Exception {
    assertThat(send(request("/health").GET()).body()).isEqualTo("{\"status\":\"up\"}");
    assertThat(send(post()).statusCode()).isEqualTo(200);
    assertThat(orders).hasValue(1);
  }

  @Test
  void saysWhatThereIsAndHow() throws Exception {
    assertThat(send(request("/x").GET()).body()).contains("/health", "/reload");
    assertThat(send(request("/reload").GET()).statusCode()).isEqualTo(405);
    assertThat(send(request("/x").GET()).statusCode()).isEqualTo(404);
  }

  @Test
  void takesNoOrdersOfWebPages() throws Exception {
    HttpResponse<String> answer = send(post().header("Origin", "https://example.com"));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(orders).hasValue(0);
  }

  private HttpRequest.Builder post() {
    return request("/reload").POST(HttpRequest.BodyPublishers.noBody());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
