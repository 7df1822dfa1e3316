package org.ringdown.gateway.e2e;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Call scripts against what runs already: a gateway of its own process, and a PBX of another make.
 */
@NeedsPrograms("kamailio")
class CallScriptsElsewhereIT {
  private final Stage stage = Stage.of(CallScriptsElsewhereIT.class);

  @AfterEach
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  void phonesCallEachOtherThroughAnotherPbx() {
    int port = stage.ports().one();
    stage.pbx(port, stage.ports().one());

    ShippedScripts.mustPass(
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

    ShippedScripts.mustPass(
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
