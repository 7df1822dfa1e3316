package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.ringdown.gateway.e2e.sip.Sipp;
import org.ringdown.gateway.e2e.web.WsPeer;
import tools.jackson.databind.JsonNode;

/** Where a call goes that a server or a trunk does not take: SIPp is all of them. */
@NeedsPrograms("sipp")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TrunkAlternativesIT {
  private static final String TRUNKS =
      """
      trunks:
        carrier: {kind: peer, server: "sip:127.0.0.1:%1$d", qualify: null}
        narrow:
          {kind: peer, server: "sip:127.0.0.1:%1$d", qualify: null, limits: {calls: 1}}
        pair:
          {kind: peer, servers: [{server: "sip:127.0.0.1:%2$d"}, {server: "sip:127.0.0.1:%3$d"}],
           qualify: null, tryTimeout: 1s}
        backup: {kind: peer, server: "sip:127.0.0.1:%4$d", qualify: null}
      routes:
        - {from: users, match: prefix 8, strip: 1, to: trunk pair}
        - {from: users, match: prefix 9, strip: 1, to: trunk carrier backup}
        - {from: users, match: prefix 2, strip: 1, to: trunk narrow, onUnavailable: extension tone}
      """;

  private final Stage stage = Stage.of(TrunkAlternativesIT.class);
  private final int carrier = stage.ports().one();
  private final int primary = stage.ports().one();
  private final int secondary = stage.ports().one();
  private final int backup = stage.ports().one();

  @RegisterExtension
  final SignallingScene scene =
      SignallingScene.on(
          stage, settings -> settings.with(TRUNKS.formatted(carrier, primary, secondary, backup)));

  private final GatewayProcess gateway = scene.gateway();
  private final WsPeer alice = scene.alice();

  private int calls;

  @Test
  void oneCallTooManyForATrunkGoesElsewhere() {
    Sipp pbx = play("uas-answers", Map.of());
    String first = call("21");
    alice.await("accepted");
    alice.forget();
    String second = call("22");
    alice.await("accepted");
    assertThat(pbx.received("INVITE sip:")).isEqualTo(1);
    assertThat(gateway.trunk("narrow").path("refusedByLimit").asInt(0)).isEqualTo(1);
    assertThat(gateway.trunk("narrow").path("calls").asInt(0)).isEqualTo(1);
    alice.hangup(second, "hangup");
    alice.hangup(first, "hangup");
    pbx.awaitSuccess();
    gateway.awaitNoCalls();
    assertThat(gateway.trunk("narrow").path("calls").asInt(-1)).isZero();
  }

  @Test
  @Order(1)
  void whoWantsToBeLeftAloneIs() {
    Sipp tired = play(primary, "uas-out-of-service", Map.of("retryAfter", "2"));
    Sipp second = play(secondary, "uas-answers", Map.of());
    hangUpWhenAccepted(call("8301234"));
    tired.awaitSuccess();
    second.awaitSuccess();
    assertThat(second.received("INVITE sip:301234@")).isEqualTo(1);
    assertThat(target("pair", 0).path("reason").asString(""))
        .isEqualTo("a call failed: 503 Service unavailable");

    Sipp again = play(secondary, "uas-answers", Map.of());
    Sipp rested = play(primary, "uas-refuses", Map.of("status", "486"));
    hangUpWhenAccepted(call("8301234"));
    again.awaitSuccess();
    assertThat(rested.received("INVITE")).isZero();

    Awaitility.await()
        .until(() -> target("pair", 0).path("state").asString(""), "starting"::equals);
    alice.forget();
    call("8301234");
    assertThat(alice.await("hangup").path("reason").path("code").asString("")).isEqualTo("busy");
    rested.awaitSuccess();
  }

  @Test
  @Order(2)
  void whoIsSilentIsLeftForTheNext() {
    Sipp silent = play(primary, "uas-silent", Map.of("silence", "1500"));
    Sipp second = play(secondary, "uas-answers", Map.of());
    long begin = System.nanoTime();
    String call = call("8301234");
    alice.await("ringing");
    System.out.println("failover from silence: " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    hangUpWhenAccepted(call);
    second.awaitSuccess();
    silent.awaitSuccess();
    assertThat(target("pair", 0).path("state").asString("")).isEqualTo("down");
  }

  @Test
  void theNextTrunkOfTheRuleIsTried() {
    Sipp failing = play("uas-refuses", Map.of("status", "500"));
    Sipp second = play(backup, "uas-answers", Map.of());
    hangUpWhenAccepted(call("9301234"));
    failing.awaitSuccess();
    second.awaitSuccess();
    assertThat(second.received("INVITE sip:301234@")).isEqualTo(1);
  }

  @Test
  void whatTheCalleeSaysIsNotTriedOverAnotherTrunk() {
    Sipp busy = play("uas-refuses", Map.of("status", "486"));
    call("9301234");
    assertThat(alice.await("hangup").path("reason").path("code").asString("")).isEqualTo("busy");
    busy.awaitSuccess();
  }

  private void hangUpWhenAccepted(String call) {
    alice.await("accepted");
    alice.hangup(call, "hangup");
    alice.await("hangup");
    alice.forget();
  }

  private JsonNode target(String trunk, int index) {
    return gateway.trunk(trunk).path("targets").path(index);
  }

  private String call(String number) {
    String call = "c" + ++calls;
    alice.call(call, number);
    return call;
  }

  private Sipp play(String scenario, Map<String, String> parameters, String... options) {
    return play(carrier, scenario, parameters, options);
  }

  private Sipp play(int port, String scenario, Map<String, String> parameters, String... options) {
    return stage.sipp(
        new Sipp.Role(scenario, gateway.sipPort(), port, parameters, List.of(options)));
  }
}
