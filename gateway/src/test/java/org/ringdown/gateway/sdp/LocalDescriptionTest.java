package org.ringdown.gateway.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.sdp.stream.MediaStream;

final class LocalDescriptionTest {
  private static PlainSdp at(int port) {
    InetSocketAddress local = new InetSocketAddress(InetAddresses.forString("192.0.2.1"), port);
    return PlainSdp.offer(List.of(MediaStream.audio()), List.of(local));
  }

  @Test
  void theVersionRisesOnlyWhenTheTextChanges() {
    LocalDescription first = LocalDescription.first(9, at(4_000));

    assertThat(first.text()).startsWith("v=0\r\no=- 9 1 IN IP4 192.0.2.1\r\n");
    assertThat(first.next(at(4_000))).isSameAs(first);
    assertThat(first.next(at(4_002)).text()).startsWith("v=0\r\no=- 9 2 IN IP4 192.0.2.1\r\n");
  }

  @Test
  void theOriginStaysTheSameWhereNothingIsLeftOfTheMedia() {
    LocalDescription first = LocalDescription.first(9, at(4_000));
    InetSocketAddress nowhere = new InetSocketAddress(InetAddresses.forString("0.0.0.0"), 9);
    PlainSdp refused =
        at(4_000).offerAgain(List.of(MediaStream.audio().refused("")), List.of(nowhere));

    assertThat(first.next(refused).text())
        .startsWith("v=0\r\no=- 9 2 IN IP4 192.0.2.1\r\n")
        .contains("m=audio 0 ");
  }
}
