package org.ringdown.gateway.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.testkit.capture.Pcaps;

/**
 * The shipped library of call scripts against a fresh gateway, and what the command says of faults.
 */
class CallScriptsIT {
  private static final Path LIBRARY =
      Path.of(System.getProperty("ringdown.module", "."), "..", "scripts", "calls");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @TempDir private Path directory = Path.of("");

  private int callTest(String... arguments) {
    PrintStream out = new PrintStream(printed, true, UTF_8);
    return CallTest.run(out, out, arguments);
  }

  private String output() {
    return printed.toString(UTF_8);
  }

  private Path script(String yaml) throws IOException {
    return Files.writeString(directory.resolve("call.yaml"), yaml);
  }

  @Test
  void everyShippedScriptWithoutABrowserPasses() throws IOException {
    Path junit = directory.resolve("junit.xml");
    List<String> arguments =
        new ArrayList<>(List.of("--parallel", "6", "--patience", "5", "--junit", junit.toString()));
    try (Stream<Path> folders = Files.list(LIBRARY)) {
      folders
          .filter(folder -> !folder.endsWith("browser"))
          .map(Path::toString)
          .forEach(arguments::add);
    }

    assertThat(callTest(arguments.toArray(String[]::new))).as(output()).isZero();
    assertThat(Files.readString(junit)).contains("failures=\"0\"").contains("A phone calls a page");
  }

  @Test
  void aFailureShowsTheStepTheReasonAndTheLadder() throws IOException {
    Path json = directory.resolve("result.json");
    Path file =
        script(
            """
            actors: {phone: phone, alice: page}
            limit: 500ms
            steps:
              - phone: calls alice
              - alice: expects incoming
              - alice: refuses with busy
              - phone: expects accepted
            """);

    assertThat(callTest(file.toString(), "--json", json.toString())).isEqualTo(1);

    assertThat(output())
        .contains("call.yaml:7: phone: expects accepted: no accepted came within 500 ms")
        .contains("came instead: 100 INVITE, 401 INVITE, 100 INVITE, 486 INVITE")
        .containsPattern("\\|-- INVITE -+>\\|")
        .containsPattern("\\|-- incoming -+>\\|")
        .containsPattern("\\|<-- 486 Busy Here -+\\|")
        .contains(">> FAILED: no accepted came")
        .contains("0 passed, 1 failed");
    assertThat(Files.readString(json)).contains("\"failed\" : 1").contains("SIP/2.0 486");
  }

  @Test
  void theTearDownIsDoneWhateverHappens() throws IOException {
    Path file =
        script(
            """
            actors: {phone: phone}
            limit: 200ms
            steps:
              - phone: expects INVITE
            teardown:
              - phone: sends OPTIONS
              - phone: expects 200/OPTIONS within 2s
            """);

    assertThat(callTest(file.toString())).isEqualTo(1);
    assertThat(output()).containsPattern("ok .*phone: expects 200/OPTIONS");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "actors: {phone: phone}\\nsteps: [{phone: sings}] | call.yaml:2: \"sings\": no verb",
        "actors: {phone: phone}\\nsteps: [{phone: expects ring}] | a phone never gets \"ring\"",
      })
  void aMistakeIsRefusedBeforeAnythingStarts(String yaml, String complaint) throws IOException {
    Path file = script(yaml.replace("\\n", "\n"));

    assertThat(callTest(file.toString())).isEqualTo(2);
    assertThat(output()).contains("nothing was played").contains(complaint.trim());
  }

  @Test
  void whoWatchesSeesAnIncludedFileChange() throws Exception {
    Path part = Files.writeString(directory.resolve("part.yaml"), "- wait: 1ms");
    Path file = script("actors: {phone: phone}\nsteps: [{include: part.yaml}]");
    Thread watching = new Thread(() -> callTest(file.toString(), "--watch"));
    watching.start();
    await().atMost(PATIENCE).until(() -> output().contains("Waiting for a file to change"));

    Files.writeString(part, "- phone: sings");
    await().atMost(PATIENCE).until(() -> output().contains("part.yaml:1: \"sings\": no verb"));
    Files.writeString(part, "- wait: 2ms");
    await().atMost(PATIENCE).until(() -> output().contains("wait 2ms"));

    await().atMost(PATIENCE).until(() -> isOverWhenInterrupted(watching));
  }

  /** Some of what a thread does on its way takes an interruption for its own. */
  private static boolean isOverWhenInterrupted(Thread thread) {
    thread.interrupt();
    return !thread.isAlive();
  }

  @Test
  void mistakesInTheGatewaysSettingsAreTold() throws IOException {
    Path file =
        script(
            """
            gateway: {media: {silenz: 1s}}
            actors: {phone: phone}
            steps: [{phone: calls nobody}]
            """);

    assertThat(callTest(file.toString())).isEqualTo(1);
    assertThat(output()).contains("the gateway's settings: media.silenz");
  }

  @Test
  void soundOfFilesIsHeardAtTheOtherEndAndRecorded() throws Exception {
    Tones.wav(directory.resolve("440.wav"), 440, 16_000);
    List<byte[]> packets = Tones.packets(1000, 200);
    Pcaps.rtp(directory.resolve("1000.pcap"), packets);
    Path file =
        script(
            """
            actors: {phone: {is: phone, codecs: PCMA}, alice: page}
            steps:
              - phone: calls alice
              - alice: expects incoming
              - alice: answers
              - phone: expects accepted
              - alice: records to alice.wav
              - alice: plays file 440.wav in a loop
              - together:
                  - alice: hears 1000 Hz
                  - phone: hears 440 Hz
                  - phone: replays 1000.pcap
              - phone: expects BYE within 10ms
            """);

    Path all = directory.resolve("all");
    assertThat(callTest(file.toString(), "--patience", "5", "--record", all.toString()))
        .isEqualTo(1);

    Path phone = all.resolve("call").resolve("phone-1.wav");
    assertThat(output())
        .contains("Calls are recorded in " + phone.getParent())
        .containsPattern("\\* replays 200 packets of payload type 8, 4.0 s")
        .contains("call.yaml:13: phone: expects BYE within 10ms: no BYE came");
    assertHas(phone, 440, 1000);
    assertHas(directory.resolve("alice.wav"), 1000, 440);
  }

  /** However uneven the packets came: the tone that was heard, the one that was sent, no other. */
  private static void assertHas(Path recording, int heard, int sent) throws Exception {
    assertThat(Tones.windows(recording, Tones.LEFT, heard)).isPositive();
    assertThat(Tones.windows(recording, Tones.LEFT, sent)).isZero();
    assertThat(Tones.windows(recording, Tones.RIGHT, sent)).isPositive();
    assertThat(Tones.windows(recording, Tones.RIGHT, heard)).isZero();
  }

  @Test
  void whoEndsItEarlySeesWhatWasPlayed() throws Exception {
    Path junit = directory.resolve("junit.xml");
    Path file =
        script(
            """
            cases: [{n: 1}, {n: 2}]
            actors: {phone: phone}
            steps:
              - phone: sends OPTIONS
              - wait: 1m
            teardown:
              - phone: expects 200/OPTIONS within 2s
            """);
    FutureTask<Integer> status =
        new FutureTask<>(() -> callTest(file.toString(), "--junit", junit.toString()));
    Thread player = new Thread(status);
    player.start();
    await().atMost(PATIENCE).until(() -> output().contains("phone: sends OPTIONS"));

    player.interrupt();

    assertThat(status.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(130);
    assertThat(output())
        .containsPattern("FAIL .*wait 1m")
        .containsPattern("ok .*phone: expects 200/OPTIONS")
        .contains("0 passed, 1 failed, 1 not played");
    assertThat(Files.readString(junit)).contains("message=\"interrupted\"");
  }
}
