package org.ringdown.gateway.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.gateway.config.TrunkPolicy.Forwarding;
import org.ringdown.gateway.routing.Unanswered;
import org.ringdown.sip.challenge.Authentication;
import org.ringdown.sip.leg.Invite;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.transport.SipTransport;

final class DiversionTest {
  private static final ImmutableList<Diversion> TWO =
      ImmutableList.of(
          Diversion.by("sip:100@x", Unanswered.NO_ANSWER),
          Diversion.by("sip:200@x", Unanswered.BUSY));

  @Test
  void theLastDiversionStandsFirst() {
    assertThat(Diversion.header(TWO))
        .contains("<sip:200@x>;reason=user-busy;counter=1, <sip:100@x>;reason=no-answer;counter=1");
    assertThat(Diversion.header(ImmutableList.of())).isEmpty();
  }

  @Test
  void historyNamesEachWithTheCauseThatLedToIt() {
    assertThat(Diversion.history(TWO, "sip:300@x"))
        .isEqualTo(
            "<sip:100@x>;index=1, <sip:200@x;cause=408>;index=1.1,"
                + " <sip:300@x;cause=486>;index=1.1.1");
  }

  @Test
  void whatIsSentIsUnderstood() {
    Invite both =
        invite(
            ImmutableListMultimap.of(
                "diversion", Diversion.header(TWO).orElseThrow(),
                "history-info", Diversion.history(TWO, "sip:300@x")));

    assertThat(Diversion.in(both, Forwarding.DIVERSION)).isEqualTo(TWO);
    assertThat(Diversion.in(both, Forwarding.HISTORY)).isEqualTo(TWO);
    assertThat(Diversion.in(both, Forwarding.BOTH)).isEqualTo(TWO);
    assertThat(Diversion.in(both, Forwarding.NONE)).isEmpty();
  }

  @Test
  void severalHeadersAreReadInTheirOrder() {
    Invite call =
        invite(
            ImmutableListMultimap.of(
                "diversion", "\"Bob, B.\" <tel:+49301>;reason=\"deflection\";privacy=off",
                "diversion", "<sip:5@x>"));

    assertThat(Diversion.in(call, Forwarding.DIVERSION))
        .containsExactly(
            new Diversion("sip:5@x", "unknown"), new Diversion("tel:+49301", "deflection"));
  }

  @Test
  void aDiversionMayBeAsLongAsAMessage() {
    String value = "<sip:5@x>" + ";a=\"\"".repeat(3_000) + ";reason=deflection";

    assertThat(
            Diversion.in(
                invite(ImmutableListMultimap.of("diversion", value)), Forwarding.DIVERSION))
        .containsExactly(new Diversion("sip:5@x", "deflection"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sip:100@x", "<>", "<sip:1@x", "<sip:1 2@x>", ",,,;;;", "\"<\""})
  void whatCannotBeReadIsNoDiversion(String value) {
    Invite call = invite(ImmutableListMultimap.of("diversion", value, "history-info", value));

    assertThat(Diversion.in(call, Forwarding.BOTH)).isEmpty();
  }

  @Test
  void aLoopOfForwardsIsCutShort() {
    Invite call = invite(ImmutableListMultimap.of("diversion", "<sip:1@x>,".repeat(500)));

    assertThat(Diversion.in(call, Forwarding.DIVERSION)).hasSize(10);
  }

  private static Invite invite(ImmutableListMultimap<String, String> headers) {
    NameAddress from = new NameAddress("", "sip:1@x");
    return new Invite(
        "call",
        "sip:1@x",
        "1",
        from,
        from,
        new InetSocketAddress(InetAddresses.forString("127.0.0.1"), 5060),
        SipTransport.UDP,
        new Authentication.None(),
        null,
        headers);
  }
}
