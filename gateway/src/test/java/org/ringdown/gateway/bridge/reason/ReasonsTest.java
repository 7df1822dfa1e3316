package org.ringdown.gateway.bridge.reason;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.webrtc.page.WebRtcLeg;
import org.ringdown.webrtc.signaling.ReasonCode;

final class ReasonsTest {
  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindHasAWordInBothProtocols(Kind kind) {
    SipStatus status = SipReasons.toSip(EndReason.of(kind, By.GATEWAY));
    assertThat(status.code()).isBetween(200, 699);
    assertThat(status.phrase()).isNotBlank();
    assertThat(status.q850Cause()).isPositive();
    assertThat(BrowserReasons.codeOf(kind).code()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "BUSY, 486, 17",
    "DECLINED, 603, 21",
    "NO_ANSWER, 480, 19",
    "CANCELLED, 487, 16",
    "NOT_FOUND, 404, 1",
    "UNAVAILABLE, 480, 20",
    "FORBIDDEN, 403, 21",
    "NOT_ACCEPTABLE_MEDIA, 488, 88",
    "TIMEOUT, 408, 18",
    "OVERLOADED, 503, 42"
  })
  void aPhoneSeesTheUsualStatusAndCause(Kind kind, int code, int cause) {
    SipStatus status = SipReasons.toSip(EndReason.of(kind, By.CALLEE));
    assertThat(status.code()).isEqualTo(code);
    assertThat(status.q850Cause()).isEqualTo(cause);
  }

  /** Codes without a kind of end stand in errors only, or in verdicts. */
  @ParameterizedTest
  @EnumSource(ReasonCode.class)
  void theReferenceOfTheBrowserProtocolSaysWhatAPhoneGets(ReasonCode code) throws Exception {
    String numbers =
        Arrays.stream(Kind.values())
            .filter(kind -> BrowserReasons.codeOf(kind) == code)
            .findFirst()
            .map(kind -> SipReasons.toSip(EndReason.of(kind, By.GATEWAY)))
            .map(status -> status.code() + " | " + status.q850Cause() + " | ")
            .orElse("| | ");
    assertThat(Files.readString(Path.of("..", "webrtc-adapter", "PROTOCOL.md")))
        .contains("| `" + code.code() + "` | " + code.sentence() + " | " + numbers);
  }

  @Test
  void onePhoneSeesWhatTheOtherPhoneSaid() {
    SipEnd refusal = new SipEnd(SipEnd.Kind.REFUSED, new SipStatus(486, "Busy Here", 17, "zz"));
    SipStatus passedOn = SipReasons.toSip(SipReasons.fromSip(refusal, By.CALLEE));
    assertThat(passedOn).isEqualTo(new SipStatus(486, "Busy Here", 17, "zz"));
  }

  @ParameterizedTest
  @CsvSource({
    "503, OVERLOADED, The other side said 503 Service unavailable.",
    "403, FORBIDDEN, The other side said 403 Forbidden.",
    "482, UNAVAILABLE, The other side said 482 Loop detected.",
    "606, NOT_ACCEPTABLE_MEDIA, The other side said 606 Not Acceptable.",
    "486, BUSY, ''",
  })
  void whatTheOtherSideRefusesIsNotSaidToBeOurFault(int code, Kind kind, String text) {
    SipEnd refusal = new SipEnd(SipEnd.Kind.REFUSED, new SipStatus(code, "x", 0, ""));
    EndReason reason = SipReasons.fromSip(refusal, By.CALLEE);
    assertThat(reason.kind()).isEqualTo(kind);
    assertThat(reason.text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"401", "407"})
  void aCallerIsNotAskedForACredentialThatIsOurs(int code) {
    SipStatus wanted = new SipStatus(code, "Unauthorized", 0, "the server refuses the password");
    SipEnd refusal = new SipEnd(SipEnd.Kind.REFUSED, wanted);
    SipStatus passedOn = SipReasons.toSip(SipReasons.fromSip(refusal, By.CALLEE));
    assertThat(passedOn)
        .isEqualTo(new SipStatus(403, "Forbidden", 21, "the server refuses the password"));
  }

  @ParameterizedTest
  @CsvSource({
    "486, BUSY",
    "600, BUSY",
    "603, DECLINED",
    "404, NOT_FOUND",
    "480, UNAVAILABLE",
    "408, NO_ANSWER",
    "488, NOT_ACCEPTABLE_MEDIA",
    "484, NOT_FOUND",
    "485, NOT_FOUND",
    "433, FORBIDDEN",
    "483, UNAVAILABLE",
    "500, UNAVAILABLE",
    "504, UNAVAILABLE",
    "599, UNAVAILABLE",
    "503, OVERLOADED",
    "604, NOT_FOUND",
    "606, NOT_ACCEPTABLE_MEDIA",
    "607, DECLINED",
    "608, DECLINED",
    "699, DECLINED",
    "499, REFUSED"
  })
  void aPhonesRefusalIsUnderstood(int code, Kind kind) {
    SipEnd end = new SipEnd(SipEnd.Kind.REFUSED, new SipStatus(code, "x", 0, ""));
    assertThat(SipReasons.fromSip(end, By.CALLEE).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "480, 17, BUSY",
    "480, 18, NO_ANSWER",
    "480, 19, NO_ANSWER",
    "500, 1, NOT_FOUND",
    "503, 21, DECLINED",
    "503, 42, OVERLOADED",
    "486, 19, BUSY",
    "404, 17, NOT_FOUND",
  })
  void aVagueRefusalIsUnderstoodByItsCause(int code, int cause, Kind kind) {
    SipEnd end = new SipEnd(SipEnd.Kind.REFUSED, new SipStatus(code, "x", cause, ""));
    assertThat(SipReasons.fromSip(end, By.CALLEE).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "404, Not Found, 1",
    "484, Address Incomplete, 28",
    "500, Server Internal Error, 41",
    "600, Busy Everywhere, 17",
    "606, Not Acceptable, 88",
    "607, Unwanted, 21",
    "608, Rejected, 21",
    "499, Status 499, 127",
  })
  void aRefusalWithoutACauseIsPassedOnWithTheUsualOne(int code, String phrase, int cause) {
    SipEnd end = new SipEnd(SipEnd.Kind.REFUSED, new SipStatus(code, "x", 0, ""));
    EndReason reason = SipReasons.fromSip(end, By.CALLEE);
    SipStatus passedOn = SipReasons.toSip(reason);
    assertThat(passedOn.code()).isEqualTo(code);
    assertThat(passedOn.phrase()).isEqualToIgnoringCase(phrase);
    assertThat(passedOn.q850Cause()).isEqualTo(cause);
    assertThat(BrowserReasons.toBrowser(reason, By.CALLER).q850Cause()).isNull();
  }

  @Test
  void aRefusalThatNobodyMadeIsNotCalledOne() {
    assertThat(BrowserReasons.codeOf(Kind.REFUSED)).isEqualTo(ReasonCode.UNAVAILABLE);
  }

  @Test
  void aPageSeesItselfAsLocalAndTheOtherAsRemote() {
    EndReason hangup = new EndReason(Kind.BUSY, By.CALLEE, 486, 17, "");
    WebRtcLeg.Hangup atCaller = BrowserReasons.toBrowser(hangup, By.CALLER);
    assertThat(atCaller.by()).isEqualTo(WebRtcLeg.By.REMOTE);
    assertThat(atCaller.code()).isEqualTo(ReasonCode.BUSY);
    assertThat(atCaller.sipStatus()).isEqualTo(486);
    assertThat(atCaller.q850Cause()).isEqualTo(17);
    assertThat(BrowserReasons.toBrowser(hangup, By.CALLEE).by()).isEqualTo(WebRtcLeg.By.LOCAL);
    assertThat(BrowserReasons.toBrowser(EndReason.byGateway(Kind.TIMEOUT, ""), By.CALLER).by())
        .isEqualTo(WebRtcLeg.By.GATEWAY);
  }

  /** Nobody can sign in for a trunk that is down, or for a phone that refused. */
  @Test
  void aRemedyIsForWhoeverCanHelp() {
    EndReason trunkIsDown = EndReason.byGateway(Kind.UNAVAILABLE, "The trunk pbx is down.");
    assertThat(BrowserReasons.toBrowser(trunkIsDown, By.CALLER).remedy()).contains("administrator");
    EndReason refused = new EndReason(Kind.UNAVAILABLE, By.CALLEE, 480, 18, "");
    assertThat(BrowserReasons.toBrowser(refused, By.CALLER).remedy()).isEqualTo("Try again later.");
    EndReason nobodyThere = EndReason.byGateway(Kind.UNAVAILABLE, "");
    assertThat(BrowserReasons.toBrowser(nobodyThere, By.CALLER).remedy()).isNull();
  }

  @Test
  void numbersInLogsCannotBeUsed() {
    assertThat(Masked.of("sip:alice@example.com")).isEqualTo("al***");
    assertThat(Masked.of("+4930123456")).doesNotContain("30123456");
    assertThat(Masked.of("12")).isEqualTo("**");
  }
}
