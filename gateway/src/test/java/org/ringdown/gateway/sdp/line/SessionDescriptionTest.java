package org.ringdown.gateway.sdp.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.ringdown.gateway.sdp.SdpFiles;
import org.ringdown.gateway.sdp.line.SdpException.Reason;

final class SessionDescriptionTest {
  private static final String HEAD = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n";

  private static SdpException refused(String text) {
    return catchThrowableOfType(SdpException.class, () -> SessionDescription.parse(text));
  }

  @ParameterizedTest
  @MethodSource("org.ringdown.gateway.sdp.SdpFiles#all")
  void whatIsReadIsGivenBackByteForByte(String file) throws SdpException {
    assertThat(SessionDescription.parse(SdpFiles.text(file))).hasToString(SdpFiles.text(file));
  }

  @Test
  void theSessionPartEndsAtTheFirstSection() throws SdpException {
    SessionDescription sdp = SessionDescription.parse(SdpFiles.text("chromium-video-offer"));

    assertThat(sdp.attribute("group")).contains("BUNDLE 0 1");
    assertThat(sdp.attribute("mid")).isEmpty();
    assertThat(sdp.media()).hasSize(2);
    assertThat(sdp.media().get(1).attribute("mid")).contains("1");
    assertThat(sdp.media().get(1).attributes("rtpmap")).hasSize(23).contains("96 VP8/90000");
    assertThat(sdp.media().get(1).connection()).contains("IN IP4 192.0.2.2");
  }

  @Test
  void anAttributeIsNotMistakenForOneWithALongerName() throws SdpException {
    SessionDescription sdp =
        SessionDescription.parse(
            HEAD + "m=audio 1 RTP/AVP 0\r\na=rtcp-mux\r\na=rtcp-fb:* nack\r\n");

    assertThat(sdp.media().get(0).attribute("rtcp")).isEmpty();
    assertThat(sdp.media().get(0).has("rtcp-mux")).isTrue();
  }

  @Test
  void bareLineFeedsAndMissingLinesAndTrailingRubbishAreTolerated() throws SdpException {
    String text = "v=0\nm=audio 4000 RTP/AVP 0\n\n  \n\0\0";

    SessionDescription sdp = SessionDescription.parse(text);

    assertThat(sdp.media()).hasSize(1);
    assertThat(sdp).hasToString(text);
  }

  @Test
  void severalPortsInOneLineAreReadAsTheFirst() throws SdpException {
    SessionDescription sdp = SessionDescription.parse(HEAD + "m=video 49170/2 RTP/AVP 31\r\n");

    assertThat(sdp.media().get(0).line().port()).isEqualTo(49_170);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=1                                  | 1 | v=0 expected",
        "o=- 1 1 IN IP4 192.0.2.1             | 1 | v=0 expected",
        "INVITE sip:a@example.org SIP/2.0     | 1 | a letter and = expected",
        "v=0;garbage                          | 2 | a letter and = expected",
        "v=0;s=-;m=audio                      | 3 | m= needs media, port, protocol and a format",
        "v=0;s=-;m=audio 5004 RTP/AVP         | 3 | m= needs media, port, protocol and a format",
        "v=0;m=audio 65536 RTP/AVP 0          | 2 | a port expected",
        "v=0;m=audio -1 RTP/AVP 0             | 2 | a port expected",
        "v=0;m=audio 99999999999 RTP/AVP 0    | 2 | a port expected",
        "v=0;;;M=audio 1 RTP/AVP 0            | 4 | a letter and = expected",
      })
  void aFaultIsReportedWithItsLine(String text, int line, String message) {
    SdpException refusal = refused(text.replace(';', '\n'));

    assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refusal.line()).isEqualTo(line);
    assertThat(refusal).hasMessageStartingWith("SDP line " + line + ": " + message);
  }

  @Test
  void anEmptyTextIsRefused() {
    assertThat(refused("")).hasMessage("the SDP is empty");
    assertThat(refused("\r\n \r\n")).hasMessage("the SDP is empty");
  }

  @Test
  void aControlCharacterInALineIsRefused() {
    assertThat(refused("v=0\r\ns=a\rc=IN IP4 192.0.2.1\r\n"))
        .hasMessage("SDP line 2: a control character");
    assertThat(refused("v=0\r\ns=a\0b\r\n")).hasMessage("SDP line 2: a control character");
  }

  @Test
  void aMessageRepeatsOnlyALittleAndNothingDangerous() {
    SdpException refusal =
        refused("v=0\r\n\"><script>alert(1)</script>\\\u00e9 and much, much more");

    assertThat(refusal)
        .hasMessage("SDP line 2: a letter and = expected, but found [???script?alert(1)?/scri...]");
    assertThat(refusal.getMessage()).matches("[ -~&&[^\"\\\\]]*");
  }

  @Test
  void whatIsTooLargeIsRefused() {
    String full = "v=0\r\n" + "a=x\r\n".repeat(1_999);
    String sections = HEAD + "m=audio 1 RTP/AVP 0\r\n".repeat(32);
    String letters = "v=0\r\ns=";

    assertThat(refused(full)).isNull();
    assertThat(refused(full + "a=x\r\n").reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(refused(sections)).isNull();
    assertThat(refused(sections + "m=audio 1 RTP/AVP 0\r\n").reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(refused(letters + "x".repeat(65_536 - letters.length()))).isNull();
    assertThat(refused(letters + "x".repeat(65_537 - letters.length())).reason())
        .isEqualTo(Reason.TOO_LARGE);
  }
}
