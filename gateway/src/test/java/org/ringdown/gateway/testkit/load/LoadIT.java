package org.ringdown.gateway.testkit.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringdown.gateway.testkit.load.measure.Result;
import org.ringdown.gateway.testkit.load.measure.Tally;
import org.ringdown.gateway.testkit.run.TestedGateway;
import org.ringdown.gateway.testkit.stage.GatewayAddress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Short loads, which prove the tool and measure nothing. */
class LoadIT {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @TempDir private Path directory = Path.of("");

  private int load(String... arguments) {
    PrintStream out = new PrintStream(printed, true, UTF_8);
    return LoadTest.run(out, out, arguments);
  }

  private String output() {
    return printed.toString(UTF_8);
  }

  private static String hostPort(GatewayAddress address) {
    return address.udp().getAddress().getHostAddress() + ":" + address.udp().getPort();
  }

  @Test
  void callsBothWaysWithSoundAreCountedAndReported() throws IOException {
    Path json = directory.resolve("load.json");
    Path html = directory.resolve("load.html");

    int status =
        load(
            "--rate",
            "5",
            "--duration",
            "3s",
            "--hold",
            "500ms",
            "--patience",
            "30s",
            "--pages",
            "30",
            "--sessions",
            "30",
            "--registrations",
            "2",
            "--workers",
            "2",
            "--json",
            json.toString(),
            "--html",
            html.toString());

    assertThat(status).as(output()).isZero();
    JsonNode result = JsonMapper.builder().build().readTree(Files.readString(json));
    JsonNode step = result.at("/steps/0");
    assertThat(step.path("started").asInt()).isPositive();
    assertThat(step.path("succeeded")).isEqualTo(step.path("started"));
    assertThat(step.path("packetsHeard").asInt()).isPositive();
    for (String time : new String[] {"offer", "answer", "setup", "media", "relay", "register"}) {
      assertThat(step.at("/timesMs/" + time + "/p50").asDouble()).as(time).isPositive();
    }
    assertThat(result.at("/entry/timesMs/signIn/count").asInt()).isEqualTo(30);
    assertThat(result.at("/samples/0/memoryKiB").asInt()).isPositive();
    assertThat(Files.readString(html))
        .contains("<svg", "gateway", "All limits were kept.")
        .doesNotContain("<script", "href=", "src=");
    assertThat(output()).contains("begun").contains("set-up: request and answer");
  }

  @Test
  void aLimitThatIsMissedIsToldAndIsTheExitStatus() throws Exception {
    try (TestedGateway gateway =
        TestedGateway.start("", ImmutableMap.of("web0", "secret", "desk0", "secret"))) {
      int status =
          load(
              "--gateway",
              hostPort(gateway.address()),
              "--web",
              gateway.address().web().toString(),
              "--page-users",
              "web:secret",
              "--phone-users",
              "desk:secret",
              "--pages",
              "1",
              "--phones",
              "1",
              "--rate",
              "2",
              "--duration",
              "2s",
              "--hold",
              "0s",
              "--media",
              "none",
              "--patience",
              "30s",
              "--pid",
              String.valueOf(ProcessHandle.current().pid()),
              "--max-threads",
              "1");

      assertThat(status).as(output()).isEqualTo(1);
      assertThat(output())
          .containsPattern("MISSED +threads: \\d+, limit 1")
          .containsPattern("ok +success: 100.00 %");
    }
  }

  @Test
  void aGatewayThatLetsNobodyInIsAMistakeWithItsReason() throws Exception {
    try (TestedGateway gateway = TestedGateway.start("", ImmutableMap.of("desk0", "secret"))) {
      String web = gateway.address().web().toString();

      assertThat(loadInVain(gateway, web, "wrong"))
          .contains("desk0 with this password?", "REGISTER was refused with 401");
      assertThat(loadInVain(gateway, web, "secret"))
          .contains("a page cannot sign in: web0 was not let in, unauthorized");
      assertThat(loadInVain(gateway, "ws://127.0.0.1:1/ws", "secret"))
          .contains("a page cannot sign in: no WebSocket at ws://127.0.0.1:1/ws: nobody listens");
    }
  }

  /** What is said. */
  private String loadInVain(TestedGateway gateway, String web, String phonesPassword) {
    printed.reset();
    int status =
        load(
            "--gateway",
            hostPort(gateway.address()),
            "--web",
            web,
            "--page-users",
            "web:wrong",
            "--phone-users",
            "desk:" + phonesPassword,
            "--pages",
            "1",
            "--phones",
            "1");
    assertThat(status).isEqualTo(2);
    return output();
  }

  @Test
  void aMistakeInTheCommandLineIsNamed() {
    assertThat(load("--rate", "many")).isEqualTo(2);
    assertThat(output()).contains("--rate needs a number").contains("load --help");
  }

  @Test
  void whatWasMeasuredIsThereWhenALoadEndsEarly() throws Exception {
    List<String> progress = new CopyOnWriteArrayList<>();
    LoadOptions options =
        LoadOptions.parse("--duration", "1h", "--media", "none", "--pages", "4", "--phones", "4")
            .orElseThrow();
    Session session = new Session(options, progress::add);
    CompletableFuture<Result> result =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return session.run();
              } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
              }
            });
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> progress.stream().anyMatch(line -> line.matches(".* begun +[1-9].*")));

    session.endEarly();

    Result early = result.get(60, TimeUnit.SECONDS);
    assertThat(early.about()).containsKey("ended");
    assertThat(early.steps().get(0).tally().of(Tally.Count.STARTED)).isPositive();
    assertThat(early.steps().get(0).seconds()).isLessThan(3600);
  }
}
