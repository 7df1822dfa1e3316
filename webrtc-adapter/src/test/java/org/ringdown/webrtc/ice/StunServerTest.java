package org.ringdown.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StunServerTest {
  private final Path path = new Path(new FakeLink(), new InetSocketAddress("198.51.100.9", 1_234));

  @Test
  void aPlainRequestLearnsItsAddress() throws Exception {
    StunMessage request = StunMessage.parse(StunWriter.request(new byte[12]).fingerprint().build());
    StunMessage response =
        StunMessage.parse(new StunServer(10).answer(request, path).orElseThrow());

    assertThat(response.isSuccess()).isTrue();
    assertThat(response.xorMappedAddress()).hasValue(path.remote());
    assertThat(response.hasFingerprint()).isTrue();
  }

  @Test
  void aStrangeRequestIsRefused() throws Exception {
    StunMessage request =
        StunMessage.parse(StunWriter.request(new byte[12]).attribute(0x0003, new byte[4]).build());
    StunMessage response =
        StunMessage.parse(new StunServer(10).answer(request, path).orElseThrow());

    assertThat(response.errorCode()).hasValue(420);
  }

  @Test
  void aFloodIsNotAnswered() throws Exception {
    StunServer server = new StunServer(5);
    StunMessage request = StunMessage.parse(StunWriter.request(new byte[12]).build());

    long answered =
        IntStream.range(0, 1_000).filter(i -> server.answer(request, path).isPresent()).count();
    assertThat(answered).isBetween(1L, 50L);
  }
}
