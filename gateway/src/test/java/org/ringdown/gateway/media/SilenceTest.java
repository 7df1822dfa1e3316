package org.ringdown.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.ringdown.gateway.media.MediaBench.talk;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.sip.rtp.RtpPortRange;

class SilenceTest {
  private MediaBench bench;
  private TestPhone alice;
  private TestBrowser bob;

  @BeforeEach
  void open() throws IOException {
    open(Duration.ofMillis(200));
  }

  private void open(Duration silentAfter) throws IOException {
    RtpPortRange ports = RtpPortRange.open(InetAddress.getLoopbackAddress(), 0, 0, 1);
    bench = new MediaBench(ports, silentAfter);
    alice = bench.phone("alice");
    bob = bench.browser("bob");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void silentLegsAreToldOnceWithEvidenceAndAgainWhenTheySpeak() throws MediaException {
    bench.connect(alice, bob);
    await().until(() -> bench.states.contains("alice SILENT"));
    await().until(() -> bench.states.contains("bob SILENT"));
    assertThat(bench.evidence.toString()).contains("packetsIn=0").contains("remote=");
    talk(alice, bob, 0, 1, 7);
    await().until(() -> bench.states.contains("alice HEARD_AGAIN"));
    await().until(() -> bench.states.stream().filter("alice SILENT"::equals).count() == 2);
    assertThat(bench.states.stream().filter("bob SILENT"::equals)).hasSize(1);
  }

  @Test
  void nobodyIsCalledSilentBeforeTheMediaAreJoinedOrOnHold() throws Exception {
    bench.close();
    open(Duration.ofSeconds(2)); // enough to be put on hold in
    TestPhone talker = bench.phone("talker");
    bench.session.offer(alice.ref(), alice.sdp(), bob.ref());
    bench.connect(alice, talker);
    bench.session.reoffer(alice.ref(), alice.sdp(TestPeer.USUAL, "inactive"));
    await().until(() -> bench.states.contains("talker SILENT"));
    assertThat(bench.states).containsExactly("talker SILENT");
  }
}
