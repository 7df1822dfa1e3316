package org.ringdown.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrisTest {
  @ParameterizedTest
  @CsvSource({"j%40s0n,j@s0n", "%C3%A9,é", "a+b,a+b", "100%,100%", "%zz,%zz", "%4,%4"})
  void undoesEscapesAndLeavesTheRest(String escaped, String plain) {
    assertThat(Uris.unescape(escaped)).isEqualTo(plain);
  }

  @Test
  void escapesWhatWouldEndTheUserPart() {
    assertThat(Uris.escapeUser("a@b:c>\r\nVia: x")).isEqualTo("a%40b%3Ac%3E%0D%0AVia%3A%20x");
  }

  @Property(tries = 200)
  void escapingIsUndone(@ForAll String user) {
    String valid = new String(user.getBytes(UTF_8), UTF_8);
    assertThat(Uris.unescape(Uris.escapeUser(valid))).isEqualTo(valid);
  }
}
