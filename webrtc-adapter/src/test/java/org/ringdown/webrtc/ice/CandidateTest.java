package org.ringdown.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidateTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "candidate:", "a=candidate:"})
  void aLineIsReadWithAndWithoutItsName(String name) {
    String line = name + "842163049 1 udp 1677729535 198.51.100.7 51472 typ srflx raddr 10.0.0.5";
    assertThat(Candidate.parse(line))
        .contains(new Candidate("srflx", new InetSocketAddress("198.51.100.7", 51_472)));
  }

  @Test
  void anAddressOfEitherFamilyIsOne() {
    assertThat(Candidate.parse("1 1 UDP 1 2001:db8::7 9 typ host"))
        .contains(new Candidate("host", new InetSocketAddress("2001:db8::7", 9)));
  }

  @Test
  void aHiddenAddressAndTcpHaveAKindButNoPlace() {
    assertThat(Candidate.parse("1 1 udp 1 0d2c.local 9 typ host"))
        .contains(new Candidate("host", null));
    assertThat(Candidate.parse("1 1 tcp 1 192.0.2.1 9 typ host tcptype active"))
        .contains(new Candidate("host", null));
    assertThat(Candidate.parse("1 1 udp 1 192.0.2.1 99999 typ host"))
        .contains(new Candidate("host", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1 1 udp", "1 1 udp 1 192.0.2.1 x typ host", "1 1 udp 1 192.0.2.1 9 is host"})
  void whatIsNoCandidateIsNone(String line) {
    assertThat(Candidate.parse(line)).isEmpty();
  }
}
