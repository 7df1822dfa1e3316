package org.ringdown.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostAddressesTest {
  @Test
  void loopbackIsNotOfferedBesidesAnotherAddress() {
    assertThat(HostAddresses.toOffer(List.of(), addresses("192.0.2.1", "fd00::1", "127.0.0.1")))
        .isEqualTo(addresses("192.0.2.1", "fd00::1"));
  }

  @Test
  void loopbackIsOfferedIfThereIsNothingElse() {
    assertThat(HostAddresses.toOffer(List.of(), addresses("127.0.0.1", "::1")))
        .isEqualTo(addresses("127.0.0.1", "::1"));
  }

  @Test
  void configuredAddressesAreOfferedAsTheyAre() {
    assertThat(HostAddresses.toOffer(addresses("203.0.113.5"), addresses("10.0.0.1")))
        .isEqualTo(addresses("203.0.113.5"));
  }

  @Test
  void aWildcardMeansEveryAddressOfTheMachineAndNeverItself() throws Exception {
    List<InetAddress> bound = HostAddresses.toBind(InetAddresses.forString("0.0.0.0"));

    assertThat(bound).contains(InetAddresses.forString("127.0.0.1")).doesNotHaveDuplicates();
    assertThat(bound).noneMatch(InetAddress::isAnyLocalAddress);
    assertThat(bound).noneMatch(InetAddress::isLinkLocalAddress);
    assertThat(bound).noneMatch(address -> address.getHostAddress().contains("%"));
    assertThat(bound.get(bound.size() - 1).isLoopbackAddress()).isTrue();
  }

  @Test
  void aGivenAddressIsBoundAlone() throws Exception {
    assertThat(HostAddresses.toBind(InetAddresses.forString("127.0.0.1")))
        .isEqualTo(addresses("127.0.0.1"));
  }

  @Test
  void candidatesAreWrittenWithFallingPriority() {
    assertThat(HostAddresses.candidate(new InetSocketAddress("192.0.2.1", 5000), 0))
        .isEqualTo("1 1 udp 2130706431 192.0.2.1 5000 typ host");
    assertThat(HostAddresses.candidate(new InetSocketAddress("2001:db8::1", 5000), 1))
        .isEqualTo("2 1 udp 2130706175 2001:db8::1 5000 typ host");
  }

  private static List<InetAddress> addresses(String... texts) {
    return Arrays.stream(texts).map(InetAddresses::forString).toList();
  }
}
