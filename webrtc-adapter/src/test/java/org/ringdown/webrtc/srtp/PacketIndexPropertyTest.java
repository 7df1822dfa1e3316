package org.ringdown.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class PacketIndexPropertyTest {
  @Property
  void theIndexIsRightAsLongAsAPacketIsLessThanHalfARoundOff(
      @ForAll @LongRange(min = 40_000, max = 1L << 40) long highest,
      @ForAll @IntRange(min = -32_767, max = 32_767) int distance) {
    long sent = highest + distance;
    assertThat(SrtpStreams.index((int) (sent & 0xFFFF), highest)).isEqualTo(sent);
  }

  @Property
  void noIndexIsTakenTwiceAndFreshOnesAlwaysAre(
      @ForAll @Size(max = 200) List<@LongRange(min = 0, max = 5_000) Long> indices) {
    ReplayWindow window = new ReplayWindow();
    Set<Long> used = new HashSet<>();
    for (long index : indices) {
      boolean fresh = window.isFresh(index);
      if (used.contains(index)) {
        assertThat(fresh).isFalse();
      } else if (index > window.highest() - 1_024) {
        assertThat(fresh).isTrue();
      }
      if (fresh) {
        window.use(index);
        used.add(index);
      }
    }
  }
}
