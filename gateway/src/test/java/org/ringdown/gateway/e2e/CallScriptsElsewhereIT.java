package org.ringdown.gateway.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.testkit.CallTest;

/**
 * Call scripts against what runs already: a gateway of its own process, and a PBX of another make.
 */
@NeedsPrograms("kamailio")
class CallScriptsElsewhereIT {
  private static final Path LIBRARY =
      Path.of(System.getProperty("ringdown.module", "."), "..", "scripts", "calls");

  private final Stage stage = Stage.of(CallScriptsElsewhereIT.class);

  @AfterEach
  void sendHome() throws Exception {
    stage.close();
  }

  private static void mustPass(String script, String... arguments) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, UTF_8);
    String[] all = new String[arguments.length + 3];
    all[0] = LIBRARY.resolve(script).toString();
    all[1] = "--patience";
    all[2] = "5";
    System.arraycopy(arguments, 0, all, 3, arguments.length);

    assertThat(CallTest.run(out, out, all)).as(printed.toString(UTF_8)).isZero();
  }

  @Test
  void phonesCallEachOtherThroughAnotherPbx() {
    int port = stage.ports().one();
    stage.pbx(port, stage.ports().one());

    mustPass(
        "basic/phone-calls-phone.yaml",
        "--gateway",
        "127.0.0.1:" + port,
        "--user",
        "desk=200:p200",
        "--user",
        "hall=gw:gwpw");
  }

  @Test
  void aPhoneCallsAPageOfAGatewayThatRunsAlready() {
    GatewayProcess gateway = stage.gateway();

    mustPass(
        "basic/phone-calls-page.yaml",
        "--gateway",
        "127.0.0.1:" + gateway.sipPort(),
        "--web",
        gateway.socketUri().toString(),
        "--user",
        "phone=1001:p1001",
        "--user",
        "alice=alice:alicepw");
    gateway.awaitNoCalls();
  }
}
