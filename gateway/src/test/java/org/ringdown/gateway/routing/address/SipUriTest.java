package org.ringdown.gateway.routing.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipUriTest {
  /** The pairs of names with cities are those of RFC 3261 section 19.1.4. */
  @ParameterizedTest
  @CsvSource({
    "sip:%61lice@atlanta.com;transport=TCP, sip:alice@AtlanTa.CoM;Transport=tcp",
    "sip:carol@chicago.com, sip:carol@chicago.com;newparam=5",
    "sip:carol@chicago.com;newparam=5, sip:carol@chicago.com;security=on",
    "sip:biloxi.com;transport=tcp;method=REGISTER, sip:biloxi.com;method=REGISTER;transport=tcp",
    "sip:a@b?to=x&priority=urgent, sip:a@b?priority=urgent&to=x",
    "SIP:a@[2001:DB8::1]:5060, sip:a@[2001:db8::1]:5060",
    "sip:a;b?c@d, sip:a;b?c@D",
  })
  void theseMeanTheSameContact(String left, String right) {
    assertThat(matches(left, right)).isTrue();
    assertThat(matches(right, left)).isTrue();
  }

  /** Most pairs are those of RFC 3261 section 19.1.4. */
  @ParameterizedTest
  @CsvSource({
    "SIP:ALICE@AtLanTa.CoM;Transport=udp, sip:alice@AtLanTa.CoM;Transport=UDP",
    "sip:bob@biloxi.com, sip:bob@biloxi.com:5060",
    "sip:bob@biloxi.com, sip:bob@biloxi.com;transport=udp",
    "sip:bob@biloxi.com, sip:bob@biloxi.com:6000;transport=tcp",
    "sip:carol@chicago.com, sip:carol@chicago.com?Subject=next%20meeting",
    "sip:bob@phone21.boxesbybob.com, sip:bob@192.0.2.4",
    "sip:a@b;line=1, sip:a@b;line=2",
    "sip:a@b, sips:a@b",
    "sip:a:secret@b, sip:a@b",
    "sip:a@b;lr, sip:a@b;lr=true",
  })
  void theseMeanDifferentContacts(String left, String right) {
    assertThat(matches(left, right)).isFalse();
    assertThat(matches(right, left)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sip", "sip:", "sip:a@", "sip:;x", "tel:1", "sip:%4@b", "sip:%ff@b"})
  void theseAreNoSipUris(String text) {
    assertThat(SipUri.parse(text)).isEmpty();
  }

  @Test
  void itsPartsAreUnescaped() {
    SipUri uri = SipUri.parse("sips:j%C3%BCrgen%20x:p%40ss@Host:5061;a;b=C?d=e").orElseThrow();

    assertThat(uri.user()).isEqualTo("jürgen x");
    assertThat(uri.password()).isEqualTo("p@ss");
    assertThat(uri.hostPort()).isEqualTo("host:5061");
    assertThat(uri.parameters()).containsEntry("a", "").containsEntry("b", "c");
    assertThat(uri.headers()).containsExactly("d=e");
  }

  private static boolean matches(String left, String right) {
    return SipUri.parse(left).orElseThrow().matches(SipUri.parse(right).orElseThrow());
  }
}
