package org.ringdown.gateway.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RtcpRewriterPropertyTest {
  @Property(tries = 2000)
  void noiseIsNeverWorseThanDropped(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] noise = new byte[random.nextInt(120)];
    random.nextBytes(noise);
    for (int i = 0; i + 4 <= noise.length; i += 4 * (1 + random.nextInt(6))) {
      noise[i] = (byte) (0x80 | random.nextInt(64));
      noise[i + 1] = (byte) (199 + random.nextInt(10));
      noise[i + 2] = 0;
      noise[i + 3] = (byte) random.nextInt(9);
    }
    ByteBuffer packet = ByteBuffer.wrap(noise);
    RtcpRewriter.concerns(packet, 1, 2);
    int before = packet.remaining();
    RtcpRewriter.rewrite(packet, RtcpRewriterTest.MAPPING);
    assertThat(packet.remaining()).isLessThanOrEqualTo(before);
  }
}
