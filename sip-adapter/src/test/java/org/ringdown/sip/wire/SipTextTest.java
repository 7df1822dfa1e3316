package org.ringdown.sip.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class SipTextTest {
  private static SipText read(String text) {
    return SipText.parse(SipWire.bytes(text.replace("\n", "\r\n")));
  }

  @Test
  void aRequestIsReadAsItStands() {
    SipText invite =
        read(
            """
            INVITE sip:alice@example.org SIP/2.0
            f: "A" <sip:a@b>;tag=x1;more
            CSeq: 7  INVITE
            Contact: <sip:a@192.0.2.1;transport=tcp>;expires=60
            Route: <sip:one>
            route: <sip:two>

            v=0
            """);

    assertThat(invite.isRequest()).isTrue();
    assertThat(invite.summary()).isEqualTo("INVITE");
    assertThat(invite.code()).isZero();
    assertThat(invite.tagOf("From")).isEqualTo("x1");
    assertThat(invite.contactUri()).isEqualTo("sip:a@192.0.2.1;transport=tcp");
    assertThat(invite.all("ROUTE")).containsExactly("<sip:one>", "<sip:two>");
    assertThat(invite.body()).startsWith("v=0");
  }

  @Test
  void aResponseIsNamedByItsStatusAndTheMethodItAnswers() {
    SipText ok = read("SIP/2.0 200 OK\nCSeq: 7 BYE\nContact: sip:a@b;x=y\n\n");

    assertThat(ok.summary()).isEqualTo("200 BYE");
    assertThat(ok.contactUri()).isEqualTo("sip:a@b");
    assertThat(ok.find("To")).isEmpty();
  }

  @Test
  void aMissingHeaderIsToldWithTheMessage() {
    assertThatThrownBy(() -> read("BYE sip:a SIP/2.0\nVia: x\n\n").header("To"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("no To in\nBYE sip:a SIP/2.0");
  }

  @Test
  void garbageDoesNotBreakTheReader() {
    assertThat(read("nonsense\nno colon here\n\n").find("no colon here")).contains("");
    assertThat(SipText.parse(new byte[0]).isRequest()).isTrue();
  }
}
