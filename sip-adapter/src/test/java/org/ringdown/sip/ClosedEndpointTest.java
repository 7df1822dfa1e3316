package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.ringdown.sip.tls.TlsServer;

/** What an endpoint leaves behind when it is closed. */
class ClosedEndpointTest {
  @Test
  void itMayBeClosedBeforeItsThreadsHaveBegun() throws IOException {
    for (int i = 0; i < 50; i++) {
      TestGateway gateway = new TestGateway("127.0.0.1", "127.0.0.2");
      assertThatCode(gateway::close).doesNotThrowAnyException();
    }
  }

  @Test
  void whoClosesItIsNotInterrupted() throws IOException {
    new TestGateway(TlsServer.none()).close();

    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void whoWasInterruptedBeforeStillIs() throws IOException {
    TestGateway gateway = new TestGateway(TlsServer.none());
    Thread.currentThread().interrupt();
    gateway.close();

    assertThat(Thread.interrupted()).isTrue();
  }
}
