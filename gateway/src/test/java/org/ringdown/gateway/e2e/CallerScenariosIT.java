package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.e2e.sip.Sipp;
import org.ringdown.gateway.e2e.sip.Wire;
import org.ringdown.gateway.e2e.web.WsPeer;
import tools.jackson.databind.JsonNode;

/** What can happen to a phone that calls a page: SIPp scenarios, each named for what goes wrong. */
@NeedsPrograms("sipp")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallerScenariosIT {
  private final Stage stage = Stage.of(CallerScenariosIT.class);

  @RegisterExtension
  final SignallingScene scene =
      SignallingScene.on(stage, settings -> settings.ringingAtMost(Duration.ofSeconds(4)));

  private final GatewayProcess gateway = scene.gateway();
  private final WsPeer alice = scene.alice();

  @Test
  void phoneHangsUp() {
    Sipp phone = call("uac-call", "-d", "300");
    alice.answer(alice.awaitIncoming());
    phone.awaitSuccess();
    assertThat(hangupCode()).isEqualTo("hangup");
  }

  @Test
  void pageHangsUp() {
    Sipp phone = call("uac-until-bye");
    JsonNode incoming = alice.awaitIncoming();
    alice.answer(incoming);
    awaitConfirmed(phone);
    alice.hangup(WsPeer.callOf(incoming), "hangup");
    phone.awaitSuccess();
  }

  @ParameterizedTest
  @CsvSource({"busy,486", "decline,603"})
  void pageRefuses(String reason, String status) {
    Sipp phone = stage.sipp("uac-refused", gateway.sipPort(), to("alice", "status", status));
    alice.hangup(WsPeer.callOf(alice.awaitIncoming()), reason);
    phone.awaitSuccess();
  }

  @ParameterizedTest
  @CsvSource({"nobody,404", "1002,480", "bob,480"})
  void nobodyIsThere(String called, String status) {
    stage.sipp("uac-refused", gateway.sipPort(), to(called, "status", status)).awaitSuccess();
  }

  @Test
  void nobodyAnswers() {
    Sipp phone = stage.sipp("uac-refused", gateway.sipPort(), to("alice", "status", "480"));
    alice.awaitIncoming();
    phone.awaitSuccess();
    assertThat(hangupCode()).isEqualTo("no-answer");
  }

  @Test
  void phoneGivesUpWhileItRings() {
    Sipp phone = call("uac-cancel");
    alice.awaitIncoming();
    phone.awaitSuccess();
    assertThat(hangupCode()).isEqualTo("cancelled");
  }

  @Test
  void cancelComesTooLate() {
    Sipp phone = call("uac-cancel-crossing-200");
    alice.answer(alice.awaitIncoming());
    phone.awaitSuccess();
    alice.await("hangup");
  }

  @Test
  void lost200IsSentAgain() {
    Sipp phone = callOverWire(wire -> wire.lose(1, "SIP/2.0 200", "CSeq: 2 INVITE"));
    alice.answer(alice.awaitIncoming());
    phone.awaitSuccess();
    alice.await("hangup");
    assertThat(alice.all("hangup")).hasSize(1);
  }

  @Test
  void lostAckMakesThe200ComeAgain() {
    Sipp phone = callOverWire(wire -> wire.lose(1, "ACK sip:", "CSeq: 2 ACK"));
    alice.answer(alice.awaitIncoming());
    phone.awaitSuccess();
    assertThat(phone.receivedAgainToo("SIP/2.0 200", "CSeq: 2 INVITE")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void inviteThatComesTwiceIsOneCall() {
    Sipp phone = callOverWire(wire -> wire.deliverTwice("INVITE sip:", "CSeq: 2 INVITE"));
    alice.answer(alice.awaitIncoming());
    phone.awaitSuccess();
    assertThat(alice.all("incoming")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"sdp-broken.txt,488", "sdp-unknown-codec.txt,488"})
  void unusableSdpIsRefused(String sdp, String status) {
    Map<String, String> parameters = Map.of("to", "alice", "sdp", sdp, "status", status);
    stage.sipp("uac-refused", gateway.sipPort(), parameters).awaitSuccess();
  }

  @Test
  void phoneOffersNothingAndAnswersInItsAck() {
    Sipp phone = lateOffer("uac-late-offer", "sdp-pcma.txt");
    alice.answer(alice.awaitIncoming());
    phone.awaitSuccess();
    assertThat(phone.received("SIP/2.0 200", "m=audio", "PCMA/8000")).isPositive();
    assertThat(hangupCode()).isEqualTo("hangup");
    pageHasNegotiatedOnce();
  }

  @ParameterizedTest
  @CsvSource({"sdp-none.txt", "sdp-broken.txt", "sdp-unknown-codec.txt"})
  void phoneDoesNotTakeTheOfferItAskedFor(String ackSdp) {
    Sipp phone = lateOffer("uac-late-offer-unanswered", ackSdp);
    alice.answer(alice.awaitIncoming());
    phone.awaitSuccess();
    assertThat(phone.received("BYE ", "cause=88")).isPositive();
    assertThat(hangupCode()).isEqualTo("not-acceptable-media");
  }

  @Test
  void phoneAsksForAnOfferInTheMiddleOfTheCall() {
    Sipp phone = call("uac-asks-for-offer", "-d", "300");
    alice.answer(alice.awaitIncoming());
    phone.awaitSuccess();
    assertThat(hangupCode()).isEqualTo("hangup");
    pageHasNegotiatedOnce();
  }

  @Test
  void phoneRefreshesItsSession() {
    Map<String, String> timer = Map.of("to", "alice", "extra", "timer-90.txt");
    Sipp phone = stage.sipp("uac-session-timer", gateway.sipPort(), timer);
    alice.answer(alice.awaitIncoming());
    phone.awaitSuccess();
    assertThat(phone.received("SIP/2.0 200", "CSeq: 2 INVITE", "Require: timer")).isPositive();
    assertThat(alice.all("held")).isEmpty();
    pageHasNegotiatedOnce();
  }

  @Test
  void phoneWantsToRefreshTooOften() {
    call("uac-session-too-brief").awaitSuccess();
    assertThat(alice.all("incoming")).isEmpty();
  }

  @Test
  void phoneHoldsAndResumesByUpdate() {
    Sipp phone = call("uac-update-hold", "-d", "300");
    alice.answer(alice.awaitIncoming());
    phone.awaitSuccess();
    assertThat(alice.all("held")).hasSize(1);
    assertThat(alice.all("resumed")).hasSize(1);
    pageHasNegotiatedOnce();
  }

  @Test
  void phoneChangesItsCodecAndPort() {
    Sipp phone = call("uac-changes-codec", "-d", "300");
    alice.answer(alice.awaitIncoming());
    phone.awaitSuccess();
    assertThat(alice.all("held")).isEmpty();
    pageHasNegotiatedOnce();
  }

  @Test
  void phoneOffersWhileItIsHeld() {
    Sipp phone = call("uac-glare");
    JsonNode incoming = alice.awaitIncoming();
    alice.answer(incoming);
    awaitConfirmed(phone);
    alice.must("hold", Map.of("call", WsPeer.callOf(incoming)));
    phone.awaitSuccess();
    pageHasNegotiatedOnce();
  }

  @Test
  void phoneAcknowledgesTheRingingAndUpdatesTooEarly() {
    Map<String, String> required = Map.of("to", "alice", "extra", "rel-required.txt");
    Sipp phone = stage.sipp("uac-prack", gateway.sipPort(), required, "-d", "300");
    JsonNode incoming = alice.awaitIncoming();
    phone.awaitMessage("SIP/2.0 500", "UPDATE");
    alice.answer(incoming);
    phone.awaitSuccess();
    pageHasNegotiatedOnce();
  }

  @Test
  void strangerReachesNobody() {
    call("uac-unauthenticated").awaitSuccess();
    assertThat(alice.all("incoming")).isEmpty();
  }

  @Test
  void wrongPasswordReachesNobody() {
    Map<String, String> parameters = to("alice", "password", "wrong");
    stage.sipp("uac-wrong-password", gateway.sipPort(), parameters).awaitSuccess();
    assertThat(alice.all("incoming")).isEmpty();
  }

  @Test
  void optionsAreAnswered() {
    call("options").awaitSuccess();
  }

  @Test
  void twentyCallsAtOnce() {
    Map<String, String> echo = to("9196", "user", "1001");
    Sipp phones =
        stage.sipp(
            "uac-call", gateway.sipPort(), echo, "-d", "3000", "-m", "20", "-l", "20", "-r", "20");
    int threadsBefore = gateway.status().threads();
    Awaitility.await("twenty calls").until(() -> gateway.status().calls() == 20);
    assertThat(gateway.status().threads()).isLessThan(threadsBefore + 20);
    phones.awaitSuccess();
  }

  private Sipp call(String scenario, String... options) {
    return stage.sipp(scenario, gateway.sipPort(), Map.of("to", "alice"), options);
  }

  private Sipp lateOffer(String scenario, String ackSdp) {
    Map<String, String> parameters = Map.of("to", "alice", "sdp", "sdp-none.txt", "ackSdp", ackSdp);
    return stage.sipp(scenario, gateway.sipPort(), parameters, "-d", "300");
  }

  private void pageHasNegotiatedOnce() {
    assertThat(alice.all("incoming")).hasSize(1);
    assertThat(alice.all("offer")).isEmpty();
  }

  private Sipp callOverWire(Consumer<Wire> fault) {
    int port = stage.ports().one();
    Wire wire = stage.wire(port, gateway.sipPort());
    fault.accept(wire);
    return stage.sipp(
        new Sipp.Role(
            "uac-call", wire.portForPhone(), port, Map.of("to", "alice"), List.of("-d", "1500")));
  }

  private static void awaitConfirmed(Sipp phone) {
    Awaitility.await("ACK").until(() -> phone.sent("ACK ", "CSeq: 2 ACK") >= 1);
  }

  private String hangupCode() {
    return alice.await("hangup").path("reason").path("code").asString("");
  }

  private static Map<String, String> to(String called, String name, String value) {
    return Map.of("to", called, name, value);
  }
}
