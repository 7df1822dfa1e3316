package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.sip.leg.Dial;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transport.SipTransport;

/** Calls we make, message by message. */
@TestInstance(Lifecycle.PER_CLASS)
class OutgoingCallTest {
  private TestGateway gateway;
  private SipPeer phone;
  private TestGateway.Ears ears;
  private SipLeg leg;

  @BeforeAll
  void startGateway() throws IOException {
    gateway = new TestGateway("127.0.0.1");
  }

  @AfterAll
  void stopGateway() {
    gateway.close();
  }

  @BeforeEach
  void dial() throws IOException {
    phone = SipPeer.over(gateway.udp());
    ears = new TestGateway.Ears();
    leg = gateway.dial(phone, SipTransport.UDP, ears);
  }

  @AfterEach
  void everyLegIsOver() throws IOException {
    gateway.awaitNoLegs();
    phone.close();
  }

  @Test
  void goesAsFarAsItIsToldTo() {
    phone.play("G: INVITE | Max-Forwards: 70\nP: 486 INVITE\nG: ACK");
    Dial near = TestGateway.dialTo("sip:x@y", phone.wire().local(), SipTransport.UDP).within(4);
    gateway.endpoint().dial(near, new TestGateway.Ears());
    phone.play("G: INVITE | Max-Forwards: 4\nP: 486 INVITE\nG: ACK");
  }

  /** Our own address may be one behind a NAT. */
  @Test
  void asksToBeAnsweredWhereARequestCameFrom() {
    phone.play("G: INVITE");
    assertThat(phone.last().header("Via")).contains(";rport");
    phone.play("P: 200 INVITE +sdp\nG: ACK");
    assertThat(phone.last().header("Via")).contains(";rport");
    leg.end(SipStatus.OK);
    phone.play("G: BYE");
    assertThat(phone.last().header("Via")).contains(";rport");
    phone.play("P: 200 BYE");
    ears.heard("answered sdp");
  }

  @Test
  void ringsIsAnsweredAndHangsUp() {
    phone.play("G: INVITE +sdp | X-Kind: test | Allow: BYE | User-Agent: Ringdown");
    assertThat(phone.last().header("Call-ID")).isEqualTo(leg.callId());
    assertThat(phone.last().header("From"))
        .startsWith("\"Alice \\\"A\\\"\" <sip:alice@example.org>;tag=");
    phone.play("P: 100 INVITE\nP: 180 INVITE\nP: 183 INVITE +sdp\nP: 200 INVITE +sdp\nG: ACK");
    ears.heard("progress 180", "progress 183 sdp", "answered sdp");
    leg.end(SipStatus.OK);
    phone.play("G: BYE | Reason: Q.850;cause=16\nP: 200 BYE");
    ears.heard("progress 180", "progress 183 sdp", "answered sdp");
  }

  @Test
  void hangsUpWhereTheAnswerCarriesNoSdp() {
    phone.play("G: INVITE\nP: 200 INVITE\nG: ACK\nG: BYE | Reason: Q.850;cause=88\nP: 200 BYE");
    ears.heard("ended OFFER_UNANSWERED 488");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "*", "<tel:1>", "<foo:bar>"})
  void endsWhereTheAnswerSaysNoPlaceToGoOn(String contact) {
    phone.play("G: INVITE\nP: 200 INVITE +sdp | Contact: " + contact + "\nG: ACK");
    phone.play("G: BYE | Reason: Q.850;cause=111\nP: 200 BYE");
    ears.heard("ended REFUSED 502");
    phone.play("G: nothing");
  }

  @Test
  void endsWhereTheAnswerHasNoTag() {
    phone.play("G: INVITE\nP: 200 INVITE +sdp | To: <sip:1001@example.org>\nG: ACK\nG: BYE");
    assertThat(phone.last().header("To")).doesNotContain("tag=");
    phone.play("P: 200 BYE | To: <sip:1001@example.org>");
    ears.heard("ended REFUSED 502");
  }

  @Test
  void acknowledgesAnAnswerWithoutAContactOnItsRoute() {
    String route = "<sip:" + phone.address() + ";lr>";
    phone.play("G: INVITE\nP: 200 INVITE +sdp | Contact: - | Record-Route: " + route);
    phone.play("G: ACK | Route: " + route + "\nG: BYE | Route: " + route + "\nP: 200 BYE");
    ears.heard("ended REFUSED 502");
  }

  /** It ends JAIN-SIP's transaction, but answers nothing of ours. */
  @Test
  void leavesNothingBehindWhereTheFinalResponseIsToAnotherRequest() {
    phone.play("G: INVITE\nP: 486 INVITE | CSeq: 77 INVITE\nG: ACK");
    leg.end(SipStatus.OK);
    gateway.awaitNoLegs();
    ears.heard();
  }

  @Test
  void leavesNothingBehindWhereAListenerFails() {
    phone.play("G: INVITE\nP: 486 INVITE\nG: ACK");
    SipLeg.Listener broken =
        new SipLeg.Listener() {
          @Override
          public void onAnswered(String sdp) {
            throw new IllegalStateException("on purpose");
          }
        };
    gateway
        .endpoint()
        .dial(TestGateway.dialTo("sip:x@y", phone.wire().local(), SipTransport.UDP), broken);
    phone.play("G: INVITE\nP: 200 INVITE +sdp\nG: ACK\nG: BYE | Reason: Q.850;cause=41");
    phone.play("P: 200 BYE");
  }

  @Test
  void passesOverARouteThatLeadsNowhere() {
    phone.play("G: INVITE\nP: 200 INVITE +sdp | Record-Route: <tel:1>\nG: ACK");
    ears.heard("answered sdp");
    phone.play("P: BYE\nG: 200 BYE");
  }

  @Test
  void takesTheEarlySdpForTheAnswerWhereThe200HasNone() {
    phone.play("G: INVITE\nP: 183 INVITE +sdp\nP: 200 INVITE\nG: ACK");
    ears.heard("progress 183 sdp", "answered sdp");
    phone.play("P: BYE\nG: 200 BYE");
  }

  @Test
  void hearsHeaderFieldsAndSaysSomeWithItsBye() {
    phone.play(
        "G: INVITE\nP: 180 INVITE | X-Note: rings\nP: 200 INVITE +sdp | X-Note: here\nG: ACK");
    ears.heard("progress 180", "answered sdp");
    leg.say(ImmutableMap.of("X-Note", "bye", "Via", "Evil"));
    leg.end(SipStatus.OK);
    phone.play("G: BYE | X-Note: bye\nP: 200 BYE");
    assertThat(phone.last().all("Via")).hasSize(1);
    assertThat(ears.said()).containsExactly("rings", "here");
  }

  @Test
  void hearsTheHeaderFieldsOfARefusal() {
    phone.play("G: INVITE\nP: 486 INVITE | X-Note: lunch\nG: ACK");
    ears.heard("ended REFUSED 486");
    assertThat(ears.said()).containsExactly("lunch");
  }

  @Test
  void hearsTheHangUpOfTheCalledSide() {
    phone.play("G: INVITE\nP: 200 INVITE +sdp\nG: ACK\nP: BYE\nG: 200 BYE");
    ears.heard("answered sdp", "ended BYE 200");
  }

  @Test
  void acknowledgesEachCopyOfThe200() {
    phone.play("G: INVITE\nP: 200 INVITE +sdp\nG: ACK\nP: 200 INVITE again\nG: ACK again");
    ears.heard("answered sdp");
    phone.play("P: BYE\nG: 200 BYE");
  }

  @Test
  void repeatsAnInviteNobodyAnswersAndGivesUp() {
    phone.play("G: INVITE\nG: INVITE again\nG: INVITE again");
    ears.heard("ended TIMEOUT 408");
  }

  @Test
  void hearsARefusalWithItsCause() {
    phone.play(
        """
        G: INVITE
        P: 486 INVITE | Reason: SIP;cause=486, Q.850;cause=17;text="User busy"
        G: ACK
        """);
    ears.heard("ended REFUSED 486");
    assertThat(ears.end().status()).isEqualTo(new SipStatus(486, "Busy here", 17, "User busy"));
  }

  @Test
  void takesARedirectionForARefusal() {
    String contacts = " | Contact: <sip:other@127.0.0.1>;q=0.9, <sip:third@127.0.0.1>";
    phone.play("G: INVITE\nP: 302 INVITE" + contacts + "\nG: ACK\nG: nothing");
    ears.heard("ended REFUSED 302");
    assertThat(ears.end().redirects())
        .containsExactly("sip:other@127.0.0.1", "sip:third@127.0.0.1");
  }

  @Test
  void hearsThatCredentialsAreAskedFor() {
    phone.play("G: INVITE\nP: 407 INVITE | Proxy-Authenticate: Digest realm=\"x\", nonce=\"y\"");
    phone.play("G: ACK");
    ears.heard("ended REFUSED 407");
  }

  @Test
  void neverShowsThePeersReasonPhrase() {
    phone.play("G: INVITE\nP: 499 INVITE\nG: ACK");
    assertThat(ears.end().status().phrase()).isEqualTo("Status 499");
  }

  @Test
  void cancelsARingingCall() {
    phone.play("G: INVITE\nP: 180 INVITE");
    ears.heard("progress 180");
    leg.end(SipStatus.OK);
    phone.play(
        """
        G: CANCEL | Reason: SIP;cause=200;text="Call completed elsewhere"
        P: 200 CANCEL
        P: 487 INVITE
        G: ACK
        """);
    ears.heard("progress 180");
  }

  @Test
  void keepsTheCancelBackUntilAProvisionalResponseCame() {
    phone.play("G: INVITE");
    leg.end(SipStatus.REQUEST_TERMINATED);
    phone.play("G: nothing\nP: 100 INVITE\nG: CANCEL | Reason: Q.850;cause=16\nP: 200 CANCEL");
    phone.play("P: 487 INVITE\nG: ACK");
    ears.heard();
  }

  @Test
  void isOverWhereACancelHasNoEffect() {
    phone.play("G: INVITE\nP: 180 INVITE");
    ears.heard("progress 180");
    leg.end(SipStatus.OK);
    phone.play("G: CANCEL\nP: 200 CANCEL");
    gateway.awaitNoLegs();
    ears.heard("progress 180");
  }

  @Test
  void isOverWhereNothingCameBeforeTheEnd() {
    phone.play("G: INVITE");
    leg.end(SipStatus.OK);
    gateway.awaitNoLegs();
    ears.heard();
  }

  @Test
  void hangsUpACallWhose200CrossedTheCancel() {
    phone.play("G: INVITE\nP: 180 INVITE");
    ears.heard("progress 180");
    leg.end(SipStatus.OK);
    phone.play("G: CANCEL\nP: 200 INVITE +sdp\nG: ACK\nG: BYE\nP: 200 CANCEL\nP: 200 BYE");
    ears.heard("progress 180");
  }

  @Test
  void dropsASecondForkThatIsAnsweredToo() {
    phone.play(
        "G: INVITE\nP: 180 INVITE tag=A\nP: 180 INVITE tag=B\nP: 200 INVITE +sdp tag=B\nG: ACK");
    ears.heard("progress 180", "progress 180", "answered sdp");
    assertThat(phone.last().tagOf("To")).isEqualTo("B");
    phone.play("P: 200 INVITE +sdp tag=C repeated\nG: ACK");
    assertThat(phone.last().tagOf("To")).isEqualTo("C");
    phone.play("G: BYE");
    assertThat(phone.last().tagOf("To")).isEqualTo("C");
    phone.play("P: 200 BYE");
    leg.end(SipStatus.OK);
    phone.play("G: BYE");
    assertThat(phone.last().tagOf("To")).isEqualTo("B");
    phone.play("P: 200 BYE");
    ears.heard("progress 180", "progress 180", "answered sdp");
  }

  @Test
  void goesOnWhereAForkThatWasTooLateHangsUp() {
    phone.play("G: INVITE\nP: 200 INVITE +sdp tag=B\nG: ACK");
    ears.heard("answered sdp");
    phone.play("P: 200 INVITE +sdp tag=C repeated\nG: ACK\nG: BYE");
    String late = "<sip:1001@example.org>;tag=C";
    phone.play("P: BYE | From: " + late + "\nG: 481 BYE\nP: 200 BYE");
    leg.end(SipStatus.OK);
    phone.play("G: BYE");
    assertThat(phone.last().tagOf("To")).isEqualTo("B");
    phone.play("P: 200 BYE");
    ears.heard("answered sdp");
  }

  @Test
  void doesNotTakeTheSdpOfAnotherFork() {
    phone.play("G: INVITE\nP: 183 INVITE +sdp tag=A\nP: 200 INVITE tag=B\nG: ACK");
    phone.play("G: BYE\nP: 200 BYE");
    ears.heard("progress 183 sdp", "ended OFFER_UNANSWERED 488");
  }

  @Test
  void dropsALateAnswerOfAForkAfterTheEnd() {
    phone.play("G: INVITE\nP: 200 INVITE +sdp tag=A\nG: ACK\nP: BYE\nG: 200 BYE");
    gateway.awaitNoLegs();
    phone.play("P: 200 INVITE +sdp tag=B repeated\nG: ACK");
    assertThat(phone.last().tagOf("To")).isEqualTo("B");
    phone.play("G: BYE\nP: 200 BYE");
    ears.heard("answered sdp", "ended BYE 200");
  }

  @Test
  void hearsAtOnceThatNobodyListensForTcp() throws IOException {
    phone.play("G: INVITE\nP: 486 INVITE\nG: ACK");
    try (Socket deaf = new Socket()) { // its port is nobody else's meanwhile
      deaf.bind(new InetSocketAddress(InetAddresses.forString("127.0.0.1"), 0));
      InetSocketAddress nobody = (InetSocketAddress) deaf.getLocalSocketAddress();
      TestGateway.Ears others = new TestGateway.Ears();
      gateway.endpoint().dial(TestGateway.dialTo("sip:x@y", nobody, SipTransport.TCP), others);
      others.heard("ended UNREACHABLE 503");
    }
  }

  @Test
  void cannotDialAnAddressFamilyItDoesNotListenOn() throws IOException {
    phone.play("G: INVITE\nP: 486 INVITE\nG: ACK");
    TestGateway.Ears others = new TestGateway.Ears();
    InetSocketAddress six = new InetSocketAddress(InetAddresses.forString("::1"), 5060);
    gateway.endpoint().dial(TestGateway.dialTo("sip:x@y", six, SipTransport.UDP), others);
    others.heard("ended UNREACHABLE 503");
  }

  /** RFC 3261 section 26.2.2: rather no call than one by another way. */
  @Test
  void doesNotDialASipsUriWithoutTls() {
    phone.play("G: INVITE\nP: 486 INVITE\nG: ACK");
    TestGateway.Ears others = new TestGateway.Ears();
    Dial dial = TestGateway.dialTo("sips:1001@x", phone.wire().local(), SipTransport.UDP);
    gateway.endpoint().dial(dial, others);
    others.heard("ended UNREACHABLE 503");
    assertThat(others.end().status().explanation())
        .isEqualTo("A sips address is reached over TLS only.");
    phone.play("G: nothing");
  }

  @Test
  void cannotDialWhatIsNoUri() {
    phone.play("G: INVITE\nP: 486 INVITE\nG: ACK");
    TestGateway.Ears others = new TestGateway.Ears();
    gateway
        .endpoint()
        .dial(
            TestGateway.dialTo("sip:<>\r\nEvil: yes", phone.wire().local(), SipTransport.UDP),
            others);
    others.heard("ended UNREACHABLE 503");
  }

  @Test
  void letsNobodySmuggleInAHeader() {
    phone.play("G: INVITE\nP: 486 INVITE\nG: ACK");
    Dial dial =
        new Dial(
            "sip:1001@" + phone.address(),
            phone.wire().local(),
            SipTransport.UDP,
            new NameAddress("A\r\nEvil: 1", "sip:alice@example.org"),
            new NameAddress("", "sip:1001@example.org"),
            TestGateway.OFFER,
            ImmutableMap.of("X-Note", "a\r\nEvil: 2", "Via", "Evil: 3", "Bad Name", "Evil: 4"));
    gateway.endpoint().dial(dial, new TestGateway.Ears());
    phone.play("G: INVITE | X-Note: a Evil: 2 | Evil: -\nP: 486 INVITE\nG: ACK");
    assertThat(phone.last().all("Via")).hasSize(1);
  }
}
