package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.ringdown.gateway.e2e.sip.Sipp;
import org.ringdown.gateway.e2e.web.WsPeer;

/** A phone that has nothing but IPv6, and a page that has nothing but IPv4. */
@NeedsPrograms("sipp")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Ipv6IT {
  private final Stage stage = Stage.of(Ipv6IT.class);
  private final GatewayProcess gateway = stage.gateway(GatewaySettings::withIpv6);
  private final WsPeer alice = stage.peer(gateway, "alice");
  private final int phone = stage.ports().one();

  @AfterEach
  void nothingIsLeftOfTheCall() {
    gateway.awaitNoCalls();
  }

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  void phoneCallsAPage() {
    Sipp caller = play("uac-call", Map.of("to", "alice"), "-d", "300");
    alice.answer(alice.awaitIncoming());
    caller.awaitSuccess();
    assertThat(caller.received("SIP/2.0 200", "c=IN IP6 ::1", "Contact: <sip:alice@[::1]:"))
        .isPositive();
  }

  @Test
  void pageCallsAPhone() {
    play("register", Map.of()).awaitSuccess();
    Sipp callee = play("uas-answers", Map.of());
    alice.call("v6", "1001");
    alice.await("accepted");
    alice.hangup("v6", "hangup");
    callee.awaitSuccess();
    assertThat(callee.received("INVITE sip:1001@[::1]:" + phone, "c=IN IP6 ::1")).isEqualTo(1);
  }

  private Sipp play(String scenario, Map<String, String> parameters, String... options) {
    return stage.sipp(
        new Sipp.Role(scenario, gateway.sipPort(), phone, parameters, List.of(options)).overIpv6());
  }
}
