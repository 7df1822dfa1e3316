package org.ringdown.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever a datagram holds, reading it ends, and ends with a message or the one exception. */
class StunMessagePropertyTest {
  private static final InetSocketAddress ANYWHERE = new InetSocketAddress("192.0.2.1", 9);

  @Property
  void anyBytesAreSurvived(@ForAll @Size(max = 200) byte[] bytes) {
    readAll(ByteBuffer.wrap(bytes));
  }

  @Property
  void anyAttributesAreSurvived(
      @ForAll @Size(max = 120) byte[] body, @ForAll @ByteRange(max = 1) byte kind) {
    int length = body.length / 4 * 4;
    ByteBuffer message = ByteBuffer.allocate(20 + length);
    message.put(kind).put((byte) 1).putShort((short) length).putInt(0x2112A442);
    message.position(20);
    readAll(message.put(body, 0, length).flip());
  }

  @Property
  void anyMutationOfARealRequestIsSurvived(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 108 * 8 - 1) Integer> bits) {
    ByteBuffer request = StunMessageTest.bytes(StunMessageTest.REQUEST);
    bits.forEach(bit -> request.put(bit / 8, (byte) (request.get(bit / 8) ^ (1 << bit % 8))));
    readAll(request);
  }

  private static void readAll(ByteBuffer datagram) {
    try {
      StunMessage message = StunMessage.parse(datagram);
      assertThat(Tuple.of(message.username(), message.software(), message.realm())).isNotNull();
      assertThat(message.priority()).isNotNull();
      assertThat(message.errorCode()).isNotNull();
      assertThat(message.xorMappedAddress()).isNotNull();
      assertThat(message.integrityMatches(new byte[] {1})).isFalse();
      new IceLiteAgent(new IceCredentials("u", "p"))
          .check(message, new Path(new FakeLink(), ANYWHERE));
      new StunServer(1e9).answer(message, new Path(new FakeLink(), ANYWHERE));
    } catch (MalformedStunException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }
}
