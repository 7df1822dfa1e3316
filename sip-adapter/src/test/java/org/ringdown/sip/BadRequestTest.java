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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.sip.wire.SipWire;

/** Requests we refuse before anybody hears of them. */
@TestInstance(Lifecycle.PER_CLASS)
class BadRequestTest {
  private TestGateway gateway;
  private SipPeer phone;

  @BeforeAll
  void startGateway() throws IOException {
    gateway = new TestGateway("127.0.0.1");
  }

  @AfterAll
  void stopGateway() {
    gateway.close();
  }

  @BeforeEach
  void connectPhone() throws IOException {
    phone = SipPeer.over(gateway.udp());
  }

  @AfterEach
  void noLegWasMade() throws IOException {
    assertThat(gateway.endpoint().openLegs()).isZero();
    phone.newCall("alice").play("P: OPTIONS\nG: 200 OPTIONS");
    phone.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INVITE +sdp", "MESSAGE", "OPTIONS"})
  void aSipsUriWithoutTlsIsRefused(String request) {
    phone.to("sips:alice@example.org").play("P: " + request);
    phone.play("G: 480 " + request.split(" ")[0] + " | Warning: reached over TLS only");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INVITE +sdp", "REGISTER"})
  void soIsASipsContact(String request) {
    phone.play("P: " + request + " | Contact: <sips:1001@example.org>");
    phone.play("G: 480 " + request.split(" ")[0] + " | Warning: reached over TLS only");
  }

  @Test
  void answersOptionsTruthfully() {
    phone.play("P: OPTIONS\nG: 200 OPTIONS | Accept: application/sdp");
    assertThat(phone.last().header("Allow").split(", "))
        .containsExactlyInAnyOrder(
            "INVITE",
            "ACK",
            "CANCEL",
            "BYE",
            "OPTIONS",
            "INFO",
            "UPDATE",
            "PRACK",
            "REGISTER",
            "REFER",
            "NOTIFY",
            "MESSAGE");
    assertThat(phone.last().header("Supported")).isEqualTo("100rel, timer, norefersub, replaces");
    assertThat(phone.last().tagOf("To")).isNotEmpty();
  }

  @Test
  void keepsTheToTagOfAStatelessAnswer() {
    phone.play("P: OPTIONS\nG: 200 OPTIONS");
    String tag = phone.last().tagOf("To");
    phone.play("P: OPTIONS again\nG: 200 OPTIONS again");
    assertThat(phone.last().tagOf("To")).isEqualTo(tag);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "INVITE +sdp | Max-Forwards: 0; 483 INVITE",
        "INVITE +sdp | Require: 100rel, x-unknown; 420 INVITE | Unsupported: x-unknown",
        "INVITE | Content-Type: text/plain BODY hello; 415 INVITE | Accept: application/sdp",
        "INVITE +sdp | Content-Encoding: gzip; 415 INVITE | Accept-Encoding: identity",
        "INVITE +sdp | Contact: -; 400 INVITE",
        "INVITE +sdp | Contact: <<<; 400 INVITE",
        "INVITE +sdp | Contact: *; 400 INVITE",
        "INVITE +sdp | Contact: <tel:1>; 400 INVITE",
        "INVITE +sdp | Record-Route: <tel:1>; 400 INVITE",
        "INVITE +sdp | CSeq: 1 BYE; 400 BYE",
        "REFER | Refer-To: <sip:x@y>; 403 REFER | Warning: within a call",
        "MESSAGE | Content-Type: text/plain BODY hello; 405 MESSAGE",
        "UPDATE +sdp; 481 UPDATE",
        "NOTIFY | Event: message-summary; 481 NOTIFY",
        "SUBSCRIBE | Event: message-summary; 489 SUBSCRIBE",
        "PUBLISH | Event: presence; 489 PUBLISH",
        "FROBNICATE; 405 FROBNICATE",
        "PRACK; 481 PRACK",
        "BYE; 481 BYE",
        "INFO; 481 INFO",
      })
  void refuses(String request, String response) {
    phone.play("P: " + request + "\nG: " + response);
  }

  @Test
  void ignoresABodyItNeedNotUnderstand() {
    phone.play(
        "P: OPTIONS | Content-Type: text/plain"
            + " | Content-Disposition: render;handling=optional BODY hello\nG: 200 OPTIONS");
  }

  @Test
  void answersAnOptionsThatHasComeToItsEnd() {
    phone.play("P: OPTIONS | Max-Forwards: 0\nG: 200 OPTIONS");
  }

  private String options(String uri, String version, String cseq) {
    return "OPTIONS "
        + uri
        + " "
        + version
        + "\r\nVia: SIP/2.0/UDP "
        + phone.address()
        + ";branch=z9hG4bKx"
        + System.nanoTime()
        + "\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\n"
        + "Call-ID: raw\r\nCSeq: "
        + cseq
        + "\r\nContent-Length: 0\r\n\r\n";
  }

  @Test
  void answersAMalformedRequestWithWordsOfItsOwn() throws IOException {
    phone.wire().send(SipWire.bytes(options("sip:evil%0d%0a@[bad", "SIP/2.0", "1 OPTIONS")));
    phone.play("G: 400 OPTIONS");
    assertThat(phone.last().startLine()).isEqualTo("SIP/2.0 400 Bad request");
    assertThat(phone.last().toString()).doesNotContain("evil");
    assertThat(phone.last().body()).isEmpty();
  }

  @Test
  void refusesAnotherVersionOfSip() throws IOException {
    phone.wire().send(SipWire.bytes(options("sip:a@b", "SIP/7.0", "1 OPTIONS")));
    phone.play("G: 505 OPTIONS");
    assertThat(phone.last().startLine()).doesNotContain("7.0");
  }

  @Test
  void refusesAUriSchemeItDoesNotKnow() throws IOException {
    phone.wire().send(SipWire.bytes(options("http://example.org/", "SIP/2.0", "1 OPTIONS")));
    phone.play("G: 416 OPTIONS");
  }

  @Test
  void refusesAMessageThatIsTooLarge() {
    phone.play("P: OPTIONS | X-Padding: " + "x".repeat(17_000) + "\nG: 513 OPTIONS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n",
        "\0\0\0\0",
        "hello",
        "SIP/2.0 200 OK\r\n\r\n",
        "SIP/2.0 garbage\r\nVia: x\r\n\r\n",
        "OPTIONS sip:a@b SIP/2.0\r\n\r\n",
        "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP x\r\nCSeq: 99999999999 OPTIONS\r\n\r\n",
        "ACK sip:a@b SIP/2.0\r\nVia: <<<\r\n\r\n",
        "CANCEL sip:a@b SIP/2.0\r\n"
            + "Via: SIP/2.0/UDQ x;branch=z9hG4bK1\r\n"
            + "From: <sip:a@b>;tag=1\r\n"
            + "To: <sip:c@d>\r\n"
            + "Call-ID: 1\r\n"
            + "CSeq: 1 CANCEL\r\n\r\n",
      })
  void dropsWhatCannotBeAnswered(String message) throws IOException {
    phone.wire().send(SipWire.bytes(message));
    phone.play("G: nothing");
  }
}
