package org.ringdown.gateway.testkit.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.testkit.sip.Faults.Count;
import org.ringdown.gateway.testkit.sip.Faults.Rule;
import org.ringdown.gateway.testkit.sip.Faults.What;
import org.ringdown.gateway.testkit.sip.message.SipEvents;
import org.ringdown.gateway.testkit.stage.Happening;
import org.ringdown.gateway.testkit.stage.Trace;
import org.ringdown.sip.wire.SipText;
import org.ringdown.sip.wire.SipWire;

/** What becomes of messages by the rules of a script. */
class FaultsTest {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Trace trace = new Trace();
  private final Faults faults = new Faults(trace, "phone", timer);
  private final List<String> through = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private void rule(What what, String count, String event) {
    faults.add(new Rule(what, Count.of(count), SipEvents.of(event), true, Duration.ofMillis(20)));
  }

  private void send(String method, String name) {
    faults.pass(message(method), true, () -> through.add(name));
  }

  private static SipText message(String method) {
    return SipText.parse(
        SipWire.bytes(method + " sip:a SIP/2.0\r\nTo: <sip:a>\r\nCSeq: 1 " + method + "\r\n\r\n"));
  }

  @Test
  void theFirstIsLostAndTheOthersAreNot() {
    rule(What.DROP, "first", "INVITE");
    send("BYE", "bye");
    send("INVITE", "one");
    send("INVITE", "two");

    assertThat(through).containsExactly("bye", "two");
    assertThat(trace.happenings()).extracting(Happening::label).containsExactly("INVITE (lost)");
  }

  @Test
  void onlyTheSecondOrTheFirstTwoOrEveryOne() {
    rule(What.DROP, "2nd", "INVITE");
    rule(What.DROP, "2", "BYE");
    rule(What.DROP, "every", "ACK");
    for (int i = 1; i <= 3; i++) {
      send("INVITE", "invite" + i);
      send("BYE", "bye" + i);
      send("ACK", "ack" + i);
    }

    assertThat(through).containsExactly("invite1", "invite3", "bye3");
  }

  @Test
  void aMessageComesTwiceOrAfterTheNextOne() {
    rule(What.DUPLICATE, "first", "BYE");
    rule(What.REORDER, "first", "INVITE");
    send("INVITE", "invite");
    send("BYE", "bye");

    assertThat(through).containsExactly("bye", "bye", "invite");
  }

  @Test
  void aMessageComesLate() {
    rule(What.DELAY, "first", "INVITE");
    send("INVITE", "invite");
    send("BYE", "bye");

    await().until(() -> through.size() == 2);
    assertThat(through).containsExactly("bye", "invite");
  }

  @Test
  void theOtherDirectionIsLeftAlone() {
    rule(What.DROP, "every", "any");
    faults.pass(message("INVITE"), false, () -> through.add("came"));

    assertThat(through).containsExactly("came");
  }

  @Test
  void wordsMeanMessages() {
    SipText again =
        SipText.parse(
            SipWire.bytes("INVITE sip:a SIP/2.0\r\nTo: <sip:a>;tag=1\r\nCSeq: 2 INVITE\r\n\r\n"));
    SipText ringing = SipText.parse(SipWire.bytes("SIP/2.0 180 X\r\nCSeq: 1 INVITE\r\n\r\n"));

    assertThat(SipEvents.of("INVITE")).accepts(message("INVITE")).rejects(again, ringing);
    assertThat(SipEvents.of("re-INVITE")).accepts(again).rejects(message("INVITE"));
    assertThat(SipEvents.of("ringing")).accepts(ringing).rejects(again);
    assertThat(SipEvents.of("1xx")).accepts(ringing);
    assertThat(SipEvents.of("180/BYE")).rejects(ringing);
    assertThat(SipEvents.of("hangup")).accepts(message("BYE"), message("CANCEL"));
  }
}
