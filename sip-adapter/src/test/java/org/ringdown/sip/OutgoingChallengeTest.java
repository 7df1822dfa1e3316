package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ringdown.sip.auth.DigestAlgorithm;
import org.ringdown.sip.challenge.SipCredentials;
import org.ringdown.sip.leg.Dial;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transport.SipTransport;
import org.ringdown.sip.wire.SipText;

/** Calls of ours to a server that asks who we are. */
@TestInstance(Lifecycle.PER_CLASS)
class OutgoingChallengeTest {
  private final Challenger md5 = new Challenger(DigestAlgorithm.MD5);
  private TestGateway gateway;
  private SipPeer pbx;
  private TestGateway.Ears ears;

  @BeforeAll
  void startGateway() throws IOException {
    gateway = new TestGateway("127.0.0.1");
  }

  @AfterAll
  void stopGateway() {
    gateway.close();
  }

  @BeforeEach
  void openPbx() throws IOException {
    pbx = SipPeer.over(gateway.udp());
    ears = new TestGateway.Ears();
  }

  @AfterEach
  void everyLegIsOver() throws IOException {
    gateway.awaitNoLegs();
    pbx.close();
  }

  @ParameterizedTest
  @EnumSource(DigestAlgorithm.class)
  void callsAgainWithCredentials(DigestAlgorithm algorithm) {
    Challenger server = new Challenger(algorithm);
    SipLeg leg = dial(Challenger.RIGHT);
    pbx.play("G: INVITE +sdp | Authorization: - | CSeq: 1 INVITE");
    SipText first = pbx.last();
    pbx.play("P: 401 INVITE tag=one | " + server.ofServer());
    pbx.play("G: ACK\nG: INVITE +sdp | CSeq: 2 INVITE | X-Kind: test");

    assertThat(server.accepts(pbx.last(), "Authorization")).isTrue();
    assertThat(pbx.last().header("Call-ID")).isEqualTo(first.header("Call-ID"));
    assertThat(pbx.last().header("From")).isEqualTo(first.header("From"));
    assertThat(pbx.last().header("To")).doesNotContain("tag=");
    assertThat(pbx.last().header("Via")).isNotEqualTo(first.header("Via"));

    pbx.play("P: 180 INVITE\nP: 200 INVITE +sdp\nG: ACK | CSeq: 2 ACK");
    ears.heard("progress 180", "answered sdp");
    leg.end(SipStatus.OK);
    pbx.play("G: BYE | CSeq: 3 BYE\nP: 200 BYE");
  }

  @Test
  void answersAProxyAndThenTheServerBehindIt() {
    Challenger proxy = new Challenger(DigestAlgorithm.SHA_256);
    dial(Challenger.RIGHT);
    pbx.play("G: INVITE\nP: 407 INVITE tag=one | " + proxy.ofProxy());
    pbx.play("G: ACK\nG: INVITE | Authorization: -");
    assertThat(proxy.accepts(pbx.last(), "Proxy-Authorization")).isTrue();

    pbx.play("P: 401 INVITE tag=two | " + md5.ofServer());
    pbx.play("G: ACK\nG: INVITE | CSeq: 3 INVITE");
    assertThat(md5.accepts(pbx.last(), "Authorization")).isTrue();
    assertThat(proxy.accepts(pbx.last(), "Proxy-Authorization")).isTrue();

    pbx.play("P: 486 INVITE\nG: ACK");
    ears.heard("ended REFUSED 486");
  }

  @Test
  void givesUpWhereThePasswordIsWrong() {
    dial(Challenger.WRONG);
    pbx.play("G: INVITE\nP: 401 INVITE tag=one | " + md5.ofServer());
    pbx.play("G: ACK\nG: INVITE\nP: 401 INVITE tag=two | " + md5.ofServer());
    pbx.play("G: ACK\nG: nothing");
    ears.heard("ended REFUSED 401");
    assertThat(ears.end().status().explanation())
        .isEqualTo("the server refuses the user name or the password");
  }

  @Test
  void givesNoPasswordToAnotherRealm() {
    dial(new SipCredentials("gw", "secret", "somewhere else"));
    pbx.play("G: INVITE\nP: 401 INVITE | " + md5.ofServer() + "\nG: ACK\nG: nothing");
    ears.heard("ended REFUSED 401");
    assertThat(ears.end().status().explanation()).contains("a realm that is not set up here");
  }

  @Test
  void doesNotCallAgainWhenTheCallerHasGivenUp() {
    SipLeg leg = dial(Challenger.RIGHT);
    pbx.play("G: INVITE");
    leg.end(SipStatus.REQUEST_TERMINATED);
    pbx.play("P: 401 INVITE | " + md5.ofServer() + "\nG: ACK\nG: nothing");
    ears.heard();
  }

  @Test
  void cancelsTheSecondInvite() {
    SipLeg leg = dial(Challenger.RIGHT);
    pbx.play("G: INVITE\nP: 100 INVITE\nP: 407 INVITE tag=one | " + md5.ofProxy());
    pbx.play("G: ACK\nG: INVITE\nP: 180 INVITE tag=two");
    ears.heard("progress 180");
    leg.end(SipStatus.REQUEST_TERMINATED);
    pbx.play("G: CANCEL | CSeq: 2 CANCEL\nP: 200 CANCEL\nP: 487 INVITE tag=two\nG: ACK");
    ears.heard("progress 180");
  }

  @Test
  void acceptsAReinviteAfterAChallenge() {
    SipLeg leg = dial(Challenger.RIGHT);
    pbx.play("G: INVITE\nP: 401 INVITE tag=one | " + md5.ofServer());
    pbx.play("G: ACK\nG: INVITE\nP: 200 INVITE +sdp tag=two\nG: ACK");
    ears.heard("answered sdp");
    leg.offer(TestGateway.OFFER);
    pbx.play("G: INVITE | CSeq: 3 INVITE\nP: 200 INVITE +sdp tag=two\nG: ACK");
    ears.heard("answered sdp", "offer answered sdp");
    pbx.play("P: BYE\nG: 200 BYE");
  }

  private SipLeg dial(SipCredentials credentials) {
    Dial dial =
        TestGateway.dialTo("sip:200@" + pbx.address(), pbx.wire().local(), SipTransport.UDP);
    return gateway.endpoint().dial(dial.with(credentials), ears);
  }
}
