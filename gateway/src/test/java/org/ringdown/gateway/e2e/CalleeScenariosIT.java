package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.e2e.sip.Sipp;
import org.ringdown.gateway.e2e.sip.Wire;
import org.ringdown.gateway.e2e.web.WsPeer;
import tools.jackson.databind.JsonNode;

/** What can happen to a page that calls a phone: SIPp is the phone. */
@NeedsPrograms("sipp")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CalleeScenariosIT {
  private final Stage stage = Stage.of(CalleeScenariosIT.class);

  @RegisterExtension final SignallingScene scene = SignallingScene.on(stage, settings -> settings);

  private final GatewayProcess gateway = scene.gateway();
  private final WsPeer alice = scene.alice();

  private int calls;

  @Test
  void pageHangsUp() {
    Sipp phone = registered("uas-answers", Map.of());
    String call = call();
    alice.await("ringing");
    alice.await("accepted");
    assertThat(alice.all("answer")).as("answers to one offer").hasSize(1);
    alice.hangup(call, "hangup");
    phone.awaitSuccess();
  }

  @Test
  void phoneHangsUp() {
    Sipp phone = registered("uas-hangs-up", Map.of(), "-d", "500");
    call();
    alice.await("accepted");
    JsonNode hangup = alice.await("hangup");
    phone.awaitSuccess();
    assertThat(hangup.path("by").asString("")).isEqualTo("remote");
    assertThat(hangup.path("reason").path("code").asString("")).isEqualTo("hangup");
  }

  @ParameterizedTest
  @CsvSource({"486,busy,1", "603,declined,1", "480,unavailable,1", "488,not-acceptable-media,2"})
  void phoneRefuses(String status, String code, String times) {
    Sipp phone = registered("uas-refuses", Map.of("status", status), "-m", times);
    call();
    JsonNode reason = alice.await("hangup").path("reason");
    phone.awaitSuccess();
    assertThat(reason.path("code").asString("")).isEqualTo(code);
    assertThat(reason.path("sip").asInt(0)).isEqualTo(Integer.parseInt(status));
  }

  @Test
  void pageGivesUpWhileThePhoneRings() {
    Sipp phone = registered("uas-cancelled", Map.of());
    String call = call();
    alice.await("ringing");
    alice.hangup(call, "hangup");
    phone.awaitSuccess();
  }

  @Test
  void phoneSendsEarlyMediaReliablyAndNoSdpLater() {
    Sipp phone = registered("uas-reliable-183", Map.of());
    String call = call();
    alice.await("accepted");
    assertThat(alice.all("answer")).as("answers to one offer").hasSize(1);
    alice.hangup(call, "hangup");
    phone.awaitSuccess();
    assertThat(alice.all("offer")).isEmpty();
  }

  @Test
  void phoneWantsLongerSessions() {
    Sipp phone = registered("uas-session-too-brief", Map.of("inviteCseq", "2"));
    String call = call();
    alice.await("accepted");
    alice.hangup(call, "hangup");
    phone.awaitSuccess();
    assertThat(phone.received("INVITE sip:", "Session-Expires: 3600")).isPositive();
    assertThat(alice.all("answer")).as("answers to one offer").hasSize(1);
  }

  @Test
  void lostAckIsSentAgain() {
    Sipp phone = registeredOverWire("ACK sip:");
    String call = call();
    alice.await("accepted");
    phone.awaitMessage("ACK sip:");
    alice.hangup(call, "hangup");
    phone.awaitSuccess();
    assertThat(phone.sentAgainToo("SIP/2.0 200", "INVITE")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void lost200OfThePhoneComesAgain() {
    Sipp phone = registeredOverWire("SIP/2.0 200", "INVITE");
    String call = call();
    alice.await("accepted");
    phone.awaitMessage("ACK sip:");
    alice.hangup(call, "hangup");
    phone.awaitSuccess();
  }

  @Test
  void phoneIsHeldAndResumed() {
    Sipp phone = registered("uas-is-held", Map.of());
    String call = call();
    alice.await("accepted");
    alice.must("hold", Map.of("call", call));
    phone.awaitMessage("INVITE", "a=sendonly");
    alice.must("resume", Map.of("call", call));
    phone.awaitMessage("INVITE", "a=sendrecv", " 3 IN IP4");
    assertThat(phone.received("INVITE", "a=sendonly")).as("one and one after 491").isEqualTo(2);
    alice.hangup(call, "hangup");
    phone.awaitSuccess();
  }

  private String call() {
    String call = "p-" + ++calls;
    alice.call(call, "1001");
    return call;
  }

  private Sipp registered(String scenario, Map<String, String> parameters, String... options) {
    int port = stage.ports().one();
    register(new Sipp.Role("register", gateway.sipPort(), port, Map.of(), List.of()));
    return stage.sipp(
        new Sipp.Role(scenario, gateway.sipPort(), port, parameters, List.of(options)));
  }

  private Sipp registeredOverWire(String... lost) {
    int port = stage.ports().one();
    Wire wire = stage.wire(port, gateway.sipPort());
    Map<String, String> contact = Map.of("contactPort", "" + wire.portForGateway());
    register(new Sipp.Role("register", wire.portForPhone(), port, contact, List.of()));
    wire.lose(1, lost);
    return stage.sipp(new Sipp.Role("uas-answers", wire.portForPhone(), port, contact, List.of()));
  }

  /** One contact at a time: what an earlier test registered is replaced. */
  private void register(Sipp.Role role) {
    Map<String, String> all = Map.of("contacts", "contact-all.txt", "expires", "0");
    stage.sipp("register", gateway.sipPort(), all).awaitSuccess();
    stage.sipp(role).awaitSuccess();
  }
}
