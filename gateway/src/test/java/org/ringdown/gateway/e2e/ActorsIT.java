package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ringdown.gateway.e2e.sip.Baresip;
import org.ringdown.gateway.e2e.sip.Linphone;
import org.ringdown.gateway.e2e.sip.SipAccount;
import org.ringdown.gateway.e2e.sip.Sipp;
import org.ringdown.gateway.e2e.sip.Wire;
import org.ringdown.gateway.e2e.sound.Tone;
import org.ringdown.gateway.e2e.web.BrowserHost;
import org.ringdown.gateway.e2e.web.Page;

/**
 * The actors against one another, without a gateway: where this fails, a program or the machine is
 * at fault.
 */
@NeedsPrograms({"baresip", "linphonec", "sipp", "node", "chromium", "firefox-esr", "pulseaudio"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActorsIT {
  private final Stage stage = Stage.of(ActorsIT.class);

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @ParameterizedTest
  @EnumSource
  void twoSoftphonesHearEachOther(Baresip.Codec codec) throws Exception {
    try (Baresip bob = stage.answeringPhone(SipAccount.none("bob"), codec, Tone.OF_OTHER_PHONE);
        Baresip alice = stage.phone(SipAccount.none("alice"), codec, Tone.OF_PHONE)) {
      alice.dial(bob.uri());
      alice.await("CALL_ESTABLISHED");
      alice.awaitHears(Tone.OF_OTHER_PHONE);
      bob.awaitHears(Tone.OF_PHONE);
      bob.forget();
      alice.dtmf("12#");
      Awaitility.await("digits").untilAsserted(() -> assertThat(bob.digits()).isEqualTo("12#"));
      alice.hangup();
      bob.await("CALL_CLOSED");
    }
  }

  @Test
  void linphoneAndBaresipHearEachOther() throws Exception {
    Linphone linphone = stage.linphone(SipAccount.none("carol"), Tone.OF_OTHER_PHONE);
    Baresip baresip = stage.phone(SipAccount.none("alice"), Baresip.Codec.PCMA, Tone.OF_PHONE);
    linphone.answerAlways();
    baresip.dial(linphone.uri());
    baresip.await("CALL_ESTABLISHED");
    baresip.awaitHears(Tone.OF_OTHER_PHONE);
    linphone.awaitHears(Tone.OF_PHONE, 1);
    linphone.hangup();
    baresip.await("CALL_CLOSED");
  }

  @Test
  void sippSurvivesALostReplyAndALostAcknowledgement() {
    int phone = stage.ports().one();
    int called = stage.ports().one();
    Wire wire = stage.wire(phone, called);
    wire.lose(1, "SIP/2.0 200 OK", "INVITE");
    wire.lose(1, "ACK sip:");
    Sipp callee = stage.sipp(role("uas-answers", wire.portForGateway(), called));
    Sipp caller = stage.sipp(role("uac-plain", wire.portForPhone(), phone));
    caller.awaitSuccess();
    callee.awaitSuccess();
    assertThat(wire.hasDoneItsWorst()).as("one 200 and one ACK are lost").isTrue();
    assertThat(callee.sentAgainToo("SIP/2.0 200 OK", "INVITE")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void sippAnswersADigestChallenge() {
    int called = stage.ports().one();
    Sipp callee = stage.sipp(role("uas-challenges", called + 1, called));
    stage.sipp(role("uac-call", called, stage.ports().one())).awaitSuccess();
    callee.awaitSuccess();
  }

  private static Sipp.Role role(String scenario, int remotePort, int localPort) {
    return new Sipp.Role(
        scenario, remotePort, localPort, Map.of("to", "bob"), List.of("-d", "1500"));
  }

  @ParameterizedTest
  @EnumSource
  void aPairInABrowserPageHearsItsMicrophone(BrowserHost.Kind kind) throws Exception {
    HttpServer server = emptyPage();
    try {
      BrowserHost host = stage.browsers();
      host.launch("one", kind, Tone.OF_BROWSER);
      Page page = Page.open(host, "one", "http://127.0.0.1:" + server.getAddress().getPort() + "/");
      assertThat(page.loopBack()).matches(heard -> heard.isOf(Tone.OF_BROWSER), "the tone");
      host.close();
    } finally {
      server.stop(0);
    }
  }

  private static HttpServer emptyPage() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean script = exchange.getRequestURI().getPath().endsWith(".js");
          byte[] body =
              (script ? "export class RingdownClient {}" : "<title>empty</title>")
                  .getBytes(StandardCharsets.UTF_8);
          exchange
              .getResponseHeaders()
              .add("Content-Type", script ? "text/javascript" : "text/html");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
