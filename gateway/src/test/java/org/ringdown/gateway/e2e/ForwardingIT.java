package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sip.Sipp;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.WsPeer;

/** Calls that the dial plan tries at one after another. */
@NeedsPrograms({"sipp", "baresip"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForwardingIT {
  private static final String ROUTES =
      """
      trunks:
        carrier: {kind: peer, server: "sip:127.0.0.1:%d", qualify: null}
      routes:
        - {match: exact 70, to: in-turn 1001 bob for 1s}
        - {match: exact 71, to: user 1001, onBusy: user bob, onUnavailable: extension tone}
        - {match: exact 72, to: user 1001 for 1s, onNoAnswer: [user 1002, extension tone]}
        - {match: exact 73, to: user 1002, onUnavailable: extension tone}
        - {match: exact 74, to: [trunk carrier as 5, user bob]}
      """;

  private final Stage stage = Stage.of(ForwardingIT.class);
  private final int carrier = stage.ports().one();
  private final GatewayProcess gateway =
      stage.gateway(settings -> settings.with(ROUTES.formatted(carrier)));
  private final WsPeer alice = stage.peer(gateway, "alice");
  private final WsPeer bob = stage.peer(gateway, "bob");

  @AfterEach
  void nothingIsLeftOfTheCall() {
    gateway.awaitNoCalls();
    alice.forget();
    bob.forget();
  }

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @Test
  void whoDoesNotAnswerIsCancelledAndTheNextRings() {
    Sipp phone = registered("uas-cancelled", Map.of());
    alice.call("c1", "70");
    bob.answer(bob.awaitIncoming());
    alice.await("accepted");
    phone.awaitSuccess();
    assertThat(phone.received("CANCEL sip:", "Reason: Q.850;cause=19")).isEqualTo(1);
    assertThat(alice.all("ringing")).hasSize(1);
    assertThat(alice.all("answer")).as("answers to one offer").hasSize(1);
    alice.hangup("c1", "hangup");
    bob.await("hangup");
  }

  @ParameterizedTest
  @CsvSource({"486", "600", "603"})
  void callIsForwardedWhereThePhoneIsBusyOrDeclines(String status) {
    Sipp phone = registered("uas-refuses", Map.of("status", status));
    alice.call("c2", "71");
    bob.answer(bob.awaitIncoming());
    alice.await("accepted");
    phone.awaitSuccess();
    alice.hangup("c2", "hangup");
    bob.await("hangup");
  }

  @ParameterizedTest
  @CsvSource({"404", "480", "500", "503"})
  void callIsForwardedWhereThePhoneCannotBeReached(String status) {
    Sipp phone = registered("uas-refuses", Map.of("status", status));
    alice.call("c3", "71");
    alice.await("accepted");
    phone.awaitSuccess();
    assertThat(bob.all("incoming")).isEmpty();
    alice.hangup("c3", "hangup");
  }

  @Test
  void phoneThatForwardsByItselfIsFollowed() {
    Sipp phone = registered("uas-redirects", Map.of("to", "bob"));
    alice.call("c9", "1001");
    bob.answer(bob.awaitIncoming());
    alice.await("accepted");
    phone.awaitSuccess();
    assertThat(alice.all("answer")).as("answers to one offer").hasSize(1);
    alice.hangup("c9", "hangup");
    bob.await("hangup");
  }

  /** Forwarding to a premium number from a stolen phone costs nobody anything. */
  @Test
  void phoneThatForwardsToWhereItsUserMayNotCallIsNotFollowed() {
    Sipp phone = registered("uas-redirects", Map.of("to", "0900123456"));
    alice.call("c10", "1001");
    alice.await("hangup");
    phone.awaitSuccess();
    assertThat(alice.all("accepted")).isEmpty();
  }

  @Test
  void nobodyWhoCouldAnswerLeadsFurtherUntilSomethingDoes() {
    Sipp phone = registered("uas-cancelled", Map.of());
    alice.call("c4", "72");
    alice.await("accepted");
    phone.awaitSuccess();
    assertThat(alice.all("answer")).as("answers to one offer").hasSize(1);
    alice.hangup("c4", "hangup");
  }

  @Test
  void earlyMediaOfACarrierThatRefusesThenDoNotCostThePageASecondAnswer() {
    Sipp pbx = at(carrier, "uas-early-then-busy", Map.of());
    alice.call("c5", "74");
    bob.answer(bob.awaitIncoming());
    alice.await("accepted");
    pbx.awaitSuccess();
    assertThat(alice.all("answer")).as("answers to one offer").hasSize(1);
    assertThat(alice.all("offer")).isEmpty();
    alice.hangup("c5", "hangup");
    bob.await("hangup");
  }

  @Test
  void callerWhoGivesUpWhileTheSecondRingsEndsOnlyThat() {
    Sipp phone = registered("uas-refuses", Map.of("status", "486"));
    alice.call("c6", "71");
    bob.awaitIncoming();
    alice.hangup("c6", "hangup");
    phone.awaitSuccess();
    assertThat(bob.await("hangup").path("reason").path("code").asString("")).isEqualTo("cancelled");
  }

  @Test
  void phoneThatCallsHearsWhereItWasForwarded() {
    SipAccount own = new SipAccount("alice", "alicepw", gateway.sipPort(), "udp");
    try (Baresip phone = stage.phone(own, Baresip.Codec.PCMA, Tone.OF_PHONE)) {
      phone.dial("73");
      phone.await("CALL_ESTABLISHED");
      phone.awaitHears(Tone.OF_EXTENSION);
      phone.hangup();
    }
  }

  private Sipp registered(String scenario, Map<String, String> parameters) {
    Map<String, String> all = Map.of("contacts", "contact-all.txt", "expires", "0");
    stage.sipp("register", gateway.sipPort(), all).awaitSuccess();
    int port = stage.ports().one();
    stage
        .sipp(new Sipp.Role("register", gateway.sipPort(), port, Map.of(), List.of()))
        .awaitSuccess();
    return at(port, scenario, parameters);
  }

  private Sipp at(int port, String scenario, Map<String, String> parameters) {
    return stage.sipp(new Sipp.Role(scenario, gateway.sipPort(), port, parameters, List.of()));
  }
}
