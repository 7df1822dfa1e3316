package org.ringdown.sip.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadTest {
  private static final String INVITE = "INVITE sip:alice@example.com SIP/2.0\r\n";

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n"})
  void bodyBeginsAfterTheFirstEmptyLine(String end) {
    String head = String.join(end, "BYE sip:a SIP/2.0", "l: 4", "", "");

    Head read = of(head + "v=0" + end + end + "x");

    assertThat(read.end()).isEqualTo(head.length());
    assertThat(read.contentLength(-1)).isEqualTo(4);
  }

  @Test
  void headWithoutAnEndHasNoBody() {
    assertThat(of(INVITE + "Content-Length: 0").end()).isEqualTo(INVITE.length() + 17);
    assertThat(of("").end()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: 12,12",
    "CONTENT-LENGTH :12,12",
    "Content-Length: 99999999999,2147483647",
    "Content-Length: 12 or so,-1",
    "Content-Length:,-1",
    "X-Content-Length: 12,-1",
  })
  void lengthIsWhatIsSaidInDigits(String line, int expected) {
    assertThat(of(INVITE + line + "\r\n\r\n").contentLength(-1)).isEqualTo(expected);
  }

  @Test
  void lengthInTheBodyDoesNotCount() {
    assertThat(of(INVITE + "\r\nContent-Length: 5\r\n").contentLength(-1)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From: a\r\nf: b",
        "Call-ID: 1\r\nVia: x\r\ncall-id : 2",
        "l: 0\r\nContent-Length: 0",
      })
  void whatMayStandOnceIsAmbiguousTwice(String fields) {
    assertThat(of(INVITE + fields + "\r\n\r\n").unambiguous()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Via: a\r\nVia: b", "To: a\r\nFrom: b", "Subject: a\r\n to: b\r\nTo: c"})
  void othersMayStandTwice(String fields) {
    assertThat(of(INVITE + fields + "\r\n\r\nTo: in the body\r\n").unambiguous()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "sip:alice@2001:db8::1,false",
    "SIPS:2001:db8::1;transport=tcp,false",
    "sip:alice@[2001:db8::1]:5060,true",
    "sip:alice:secret@example.com:5060,true",
    "sip:alice@example.com?Subject=a:b:c,true",
    "tel:+1:2:3,true",
    "*,true",
  })
  void addressOfIpv6NeedsBrackets(String uri, boolean unambiguous) {
    assertThat(of("OPTIONS " + uri + " SIP/2.0\r\n\r\n").unambiguous()).isEqualTo(unambiguous);
  }

  private static Head of(String message) {
    return Head.of(message.getBytes(UTF_8));
  }
}
