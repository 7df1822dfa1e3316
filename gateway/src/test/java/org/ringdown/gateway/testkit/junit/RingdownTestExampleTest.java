package org.ringdown.gateway.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.ringdown.gateway.testkit.run.TestedGateway;

/** How a test of one's own may look: a gateway, a phone and a page, and no sleeping. */
@RingdownTest(settings = "extensions: {\"9197\": tone}")
class RingdownTestExampleTest {
  @Test
  void aPhoneCallsAPage(ScriptedPhone phone, ScriptedPage alice) {
    phone.does("calls alice");
    alice.does("expects incoming within 1s", "json: {/from/uri: /sip:phone@/}").does("rings");
    phone.does("expects ringing");
    alice.does("answers").does("plays 440 Hz");
    phone.does("expects accepted").does("hears 440 Hz within 2s").does("hangs up");
    alice.does("expects hangup", "json: {/by: remote}");
  }

  @Test
  void aPhoneHearsTheTone(
      @ActorSettings("transport=tcp") ScriptedPhone phone, TestedGateway gateway) {
    phone.does("calls 9197").does("expects accepted").does("hears 1004 Hz within 2s");

    assertThat(gateway.status()).containsEntry("calls", 1);
  }

  @Test
  void whatGoesWrongIsToldWithALadder(ScriptedPhone phone) {
    phone.does("calls nobody");

    assertThatThrownBy(() -> phone.does("expects accepted within 700ms"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("RingdownTestExampleTest.java:")
        .hasMessageContaining("came instead: 100 INVITE")
        .hasMessageContaining("404 Not Found");
    assertThatThrownBy(() -> phone.does("sings"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("did you mean rings?");
  }
}
