package org.ringdown.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.bridge.leg.CallFacts;
import org.ringdown.gateway.bridge.session.CallRecord;
import org.ringdown.gateway.call.CallId;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.sip.message.NameAddress;

class MetricsTest {
  private static final Instant BEGAN = Instant.parse("2026-01-01T12:00:00Z");

  private final Metrics metrics = new Metrics();

  private static CallRecord call(@Nullable Instant connected, Instant ended, Kind kind) {
    CallFacts facts =
        new CallFacts(new CallId("c1"), new NameAddress("", "sip:1001@example.org"), "alice");
    return new CallRecord(
        facts, BEGAN, connected, ended, EndReason.of(kind, By.CALLEE), ImmutableList.of());
  }

  @Test
  void callsAreCountedByTheirEnd() {
    metrics.ended(call(null, BEGAN.plusSeconds(3), Kind.NOT_ACCEPTABLE_MEDIA));
    metrics.ended(call(null, BEGAN.plusSeconds(3), Kind.NOT_ACCEPTABLE_MEDIA));
    assertThat(metrics.page().text())
        .contains("ringdown_calls_ended_total{by=\"callee\",reason=\"not-acceptable-media\"} 2.0\n")
        .contains("ringdown_call_talk_seconds_count 0\n");
  }

  @Test
  void connectedCallsAreTimed() {
    metrics.ended(call(BEGAN.plusMillis(200), BEGAN.plusMillis(90_200), Kind.HANGUP));
    assertThat(metrics.page().text())
        .contains("ringdown_call_setup_seconds_bucket{le=\"0.1\"} 0\n")
        .contains("ringdown_call_setup_seconds_bucket{le=\"0.25\"} 1\n")
        .contains("ringdown_call_setup_seconds_sum 0.2\n")
        .contains("ringdown_call_talk_seconds_sum 90.0\n");
  }

  @Test
  void figuresAreReadWhenTheyAreAskedFor() {
    double[] value = {1};
    metrics.gauge("ringdown_x", "X.", () -> value[0]);
    metrics.counter("ringdown_y_total", "Y.", () -> 10 * value[0]);
    metrics.gauges("ringdown_z", "Z.", "trunk", () -> ImmutableMap.of("pbx", value[0]));
    value[0] = 7;
    assertThat(metrics.page().text())
        .contains("# HELP ringdown_x X.\n# TYPE ringdown_x gauge\nringdown_x 7.0\n")
        .contains("ringdown_y_total 70.0\n")
        .contains("ringdown_z{trunk=\"pbx\"} 7.0\n");
  }

  @Test
  void theyAreServedAsPlainText() throws Exception {
    metrics.ended(call(null, BEGAN.plusSeconds(3), Kind.BUSY));
    try (AdminServer server =
        AdminServer.start(
            new InetSocketAddress("127.0.0.1", 0),
            ImmutableMap.of("/metrics", metrics::page, "/health", () -> "up"),
            ImmutableMap.of("/order", () -> new AdminServer.Answer(202, "done")))) {
      assertThat(get(server, "/metrics").headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/plain");
      assertThat(get(server, "/metrics").body()).contains("reason=\"busy\"");
      assertThat(get(server, "/health").body()).isEqualTo("\"up\"");
      assertThat(get(server, "/order").statusCode()).isEqualTo(405);
    }
  }

  private static HttpResponse<String> get(AdminServer server, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
