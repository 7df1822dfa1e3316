package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.sip.challenge.SipCredentials;
import org.ringdown.sip.leg.ReferProgress;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transport.SipTransport;

/** REFER of ours within a call, and what its peer says of it (RFC 3515). */
final class OutgoingReferTest {
  private static final String CAROL = "sip:carol@example.org;transport=tcp";
  private static final String FRAG = " | Event: refer | Content-Type: message/sipfrag | ";

  private TestGateway gateway;
  private SipPeer phone;
  private TestGateway.Ears ears;
  private final Progress progress = new Progress();

  @BeforeEach
  void begin() throws IOException {
    gateway = new TestGateway("127.0.0.1");
    phone = SipPeer.over(gateway.udp());
    ears = new TestGateway.Ears();
  }

  private SipLeg call(String answer) {
    SipLeg leg = gateway.dial(phone, SipTransport.UDP, ears);
    phone.play("G: INVITE\nP: 200 INVITE +sdp" + answer + "\nG: ACK");
    ears.heard("answered sdp");
    return leg;
  }

  @AfterEach
  void end() throws IOException {
    gateway.awaitNoLegs();
    phone.close();
    gateway.close();
  }

  /** What is told of a REFER. */
  private static final class Progress implements ReferProgress {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public void onAccepted() {
      heard.add("accepted");
    }

    @Override
    public void onProgress(SipStatus status) {
      heard.add("progress " + status.code());
    }

    @Override
    public void onTargetAnswered(SipStatus status) {
      heard.add("target " + status.code());
    }

    @Override
    public void onRefused(SipStatus status) {
      heard.add("refused " + status.code());
    }

    void heard(String... expected) {
      TestGateway.soon().untilAsserted(() -> assertThat(heard).containsExactly(expected));
    }
  }

  @Test
  void tellsHowThePeerGetsOnWithTheTarget() {
    SipLeg leg = call("");
    leg.refer(CAROL, false, progress);
    phone.play(
        "G: REFER | Refer-To: <" + CAROL + "> | Referred-By: <sip:alice@example.org> | Contact:");
    phone.play("P: 202 REFER");
    phone.play(news("active;expires=60", "100 Trying"));
    phone.play(news("active", "180 Ringing"));
    phone.play(news("terminated;reason=noresource", "200 OK"));
    progress.heard("accepted", "progress 100", "progress 180", "target 200");
    hangUp(leg);
  }

  private static String news(String state, String status) {
    return "P: NOTIFY"
        + FRAG
        + "Subscription-State: "
        + state
        + " BODY SIP/2.0 "
        + status
        + "\\r\\n\nG: 200 NOTIFY";
  }

  private void hangUp(SipLeg leg) {
    leg.end(SipStatus.OK);
    phone.play("G: BYE\nP: 200 BYE");
    ears.heard("answered sdp");
  }

  @ParameterizedTest
  @ValueSource(ints = {405, 408, 481, 501, 603})
  void aRefusalOfAnyKindLeavesTheCall(int code) {
    SipLeg leg = call("");
    leg.refer(CAROL, false, progress);
    phone.play("G: REFER\nP: " + code + " REFER");
    progress.heard("refused " + code);
    hangUp(leg);
  }

  @Test
  void aPeerThatDoesNotAnswerLeavesTheCall() {
    SipLeg leg = call("");
    leg.refer(CAROL, false, progress);
    phone.play("G: REFER");
    progress.heard("refused 408");
    hangUp(leg);
  }

  @Test
  void newsMayOvertakeTheResponse() {
    SipLeg leg = call("");
    leg.refer(CAROL, false, progress);
    phone.play("G: REFER");
    phone.play(news("active", "100 Trying"));
    phone.play("P: 202 REFER");
    phone.play(news("terminated;reason=noresource", "486 Busy Here"));
    progress.heard("accepted", "progress 100", "target 486");
    hangUp(leg);
  }

  @Test
  void aSubscriptionThatEndsWithoutAResultIsARefusal() {
    SipLeg leg = call("");
    leg.refer(CAROL, false, progress);
    phone.play("G: REFER\nP: 202 REFER");
    phone.play(news("terminated;reason=giveup", "180 Ringing"));
    progress.heard("accepted", "refused 500");
    hangUp(leg);
  }

  @Test
  void aPeerThatHangsUpAfterItHasTakenTheReferIsOffToTheTarget() {
    SipLeg leg = call("");
    leg.refer(CAROL, false, progress);
    phone.play("G: REFER\nP: 202 REFER");
    progress.heard("accepted");
    phone.play("P: BYE\nG: 200 BYE");
    progress.heard("accepted", "target 200");
    ears.heard("answered sdp", "ended BYE 200");
  }

  @Test
  void asksOnlyAPeerThatTakesReferWhereItIsWantedSo() {
    SipLeg leg = call(" | Allow: INVITE, ACK, BYE");
    leg.refer(CAROL, true, progress);
    progress.heard("refused 405");
    phone.play("P: OPTIONS | Allow: INVITE, REFER\nG: 200 OPTIONS");
    leg.refer(CAROL, true, progress);
    phone.play("G: REFER\nP: 603 REFER");
    progress.heard("refused 405", "refused 603");
    hangUp(leg);
  }

  @Test
  void answersAChallengeAsForTheCall() {
    SipLeg leg =
        gateway
            .endpoint()
            .dial(
                TestGateway.dialTo(
                        "sip:1001@" + phone.address(), phone.wire().local(), SipTransport.UDP)
                    .with(new SipCredentials("alice", "secret", null)),
                ears);
    phone.play("G: INVITE\nP: 200 INVITE +sdp\nG: ACK");
    leg.refer(CAROL, false, progress);
    phone.play(
        "G: REFER | Authorization: -\n"
            + "P: 401 REFER | WWW-Authenticate: Digest realm=\"x\", nonce=\"n\", algorithm=MD5\n"
            + "G: REFER | Authorization: Digest username=\"alice\"\nP: 202 REFER");
    progress.heard("accepted");
    hangUp(leg);
    progress.heard("accepted", "refused 481");
  }

  @Test
  void newsThatNobodyWantsAreRefused() {
    SipLeg leg = call("");
    phone.play(
        """
        P: NOTIFY | Event: refer | Subscription-State: active
        G: 481 NOTIFY
        P: NOTIFY | Event: talk | Subscription-State: active
        G: 489 NOTIFY | Allow-Events: refer
        """);
    hangUp(leg);
  }

  @Test
  void namesTheDialogThatSomebodyIsToTakeThePlaceOf() {
    SipLeg leg = call(" tag=bob");
    CompletableFuture<Optional<String>> known = new CompletableFuture<>();
    leg.referTo(known::complete);
    String name = known.join().orElseThrow();
    assertThat(name).startsWith("sip:1001@" + phone.address() + "?Replaces=" + leg.callId());
    assertThat(name).contains("%3Bto-tag%3Dbob%3Bfrom-tag%3D");
    leg.refer(name, false, progress);
    phone.play("G: REFER\nP: 603 REFER");
    assertThat(Objects.requireNonNull(phone.last().toString())).contains("?Replaces=");
    hangUp(leg);
    CompletableFuture<Optional<String>> gone = new CompletableFuture<>();
    leg.referTo(gone::complete);
    assertThat(gone.join()).isEmpty();
  }
}
