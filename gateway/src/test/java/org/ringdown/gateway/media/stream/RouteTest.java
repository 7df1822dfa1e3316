package org.ringdown.gateway.media.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.media.rtp.DigitDetector.Digit;
import org.ringdown.gateway.media.rtp.Packets;
import org.ringdown.gateway.media.rtp.RtcpRewriter;
import org.ringdown.gateway.media.rtp.RtpHeader;
import org.ringdown.gateway.media.rtp.TelephoneEvent;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.gateway.sdp.stream.Direction;
import org.ringdown.gateway.sdp.stream.MediaStream;
import org.ringdown.gateway.sdp.stream.PayloadMap;

class RouteTest implements LegStream.Listener, OutboundStream.Wire {
  private final List<ByteBuffer> sent = new ArrayList<>();
  private final List<Character> digits = new ArrayList<>();
  private int picturesAsked;

  @Test
  void digitsChangeTheirClockWhereTheLegsHaveAnother() {
    LegStream from = stream(Codec.of(0, "PCMU", 8000), Codec.of(101, "telephone-event", 8000));
    LegStream to = stream(Codec.of(0, "PCMU", 8000), Codec.of(110, "telephone-event", 48_000));
    from.route(new Route(from, to, pt -> pt == 0 ? 0 : PayloadMap.NONE, false));
    from.onRtp(Packets.event(101, new int[] {1, 800, 7}, 3, false, 160), 0);
    from.onRtp(Packets.event(101, new int[] {2, 800, 7}, 3, true, 60_000), 0);
    assertThat(sent).extracting(RtpHeader::payloadType).containsOnly(110);
    assertThat(sent)
        .extracting(packet -> TelephoneEvent.durationTicks(packet, 12))
        .containsExactly(960, 65_535);
    assertThat(sent.get(0).getInt(4)).isEqualTo(sent.get(1).getInt(4));
    assertThat(digits).containsExactly('3');
  }

  @Test
  void codecsThatWereNotAgreedOnAreLeftOutWithoutAGap() {
    LegStream from = stream(Codec.of(0, "PCMU", 8000));
    LegStream to = stream(Codec.of(0, "PCMU", 8000));
    from.route(new Route(from, to, pt -> pt == 0 ? 0 : PayloadMap.NONE, false));
    from.onRtp(Packets.rtp(0, 1, 160, 7), 0);
    from.onRtp(Packets.rtp(13, 2, 320, 7), 0);
    from.onRtp(Packets.rtp(0, 3, 480, 7), 0);
    assertThat(sent).hasSize(2);
    assertThat(RtpHeader.sequence(sent.get(1)) - RtpHeader.sequence(sent.get(0)) & 0xFFFF)
        .isEqualTo(1);
    assertThat(to.out().counts().dropped()).isEqualTo(1);
  }

  @Test
  void aWishForAPictureIsToldWhereTheOtherLegDoesNotHearItInTheMedia() {
    LegStream page = pictures("nack pli");
    LegStream phone = pictures();
    page.route(new Route(page, phone, pt -> pt, false));
    phone.route(new Route(phone, page, pt -> pt, false));
    phone.onRtcp(RtcpRewriter.pictureLoss(1, 2));
    assertThat(picturesAsked).isZero();
    page.onRtcp(RtcpRewriter.pictureLoss(1, 2));
    assertThat(picturesAsked).isEqualTo(1);
  }

  @Test
  void aLegThatAgreedToItIsAskedForAPictureOfWhatItSends() {
    LegStream page = pictures("ccm fir", "nack pli");
    LegStream phone = pictures();
    page.route(new Route(page, phone, pt -> pt, false));
    phone.route(new Route(phone, page, pt -> pt, false));
    assertThat(page.askPicture()).as("nothing came yet").isFalse();
    page.onRtp(Packets.rtp(97, 1, 160, 7), 0);
    phone.onRtp(Packets.rtp(97, 1, 160, 9), 0);
    sent.clear();
    assertThat(phone.askPicture()).isFalse();
    assertThat(page.askPicture()).isTrue();
    assertThat(sent).hasSize(1);
    assertThat(RtcpRewriter.asksPicture(sent.get(0))).isTrue();
    assertThat(RtcpRewriter.concerns(sent.get(0), page.out().ssrc(), 7)).isTrue();
    assertThat(sent.get(0).getInt(16)).isEqualTo(7);
  }

  private LegStream pictures(String... feedback) {
    Codec codec = Codec.of(97, "VP8", 90_000).withFeedback(ImmutableList.copyOf(feedback));
    MediaStream stream =
        new MediaStream(
            MediaStream.Kind.VIDEO, null, Direction.SENDRECV, ImmutableList.of(codec), 0, 0, null);
    return new LegStream(this, this, new Agreement(stream, ImmutableList.of()));
  }

  private LegStream stream(Codec... codecs) {
    MediaStream stream =
        MediaStream.audio()
            .withCodecs(ImmutableList.copyOf(codecs))
            .withDirection(Direction.SENDRECV);
    return new LegStream(this, this, new Agreement(stream, ImmutableList.of()));
  }

  /** A stream with PCMU whose packets go here, and that tells nobody anything. */
  static LegStream quietStream(Consumer<ByteBuffer> packets) {
    RouteTest owner = new RouteTest();
    LegStream like = owner.stream(Codec.of(0, "PCMU", 8000));
    OutboundStream.Wire wire =
        new OutboundStream.Wire() {
          @Override
          public void sendRtp(ByteBuffer packet) {
            packets.accept(packet);
          }

          @Override
          public void sendRtcp(ByteBuffer packet) {
            packets.accept(packet);
          }
        };
    return new LegStream(owner, wire, like.agreement());
  }

  @Override
  public void sendRtp(ByteBuffer packet) {
    sent.add(ByteBuffer.allocate(packet.remaining()).put(packet.duplicate()).flip());
  }

  @Override
  public void sendRtcp(ByteBuffer packet) {
    sent.add(packet);
  }

  @Override
  public void heard() {}

  @Override
  public void digit(Digit digit) {
    digits.add(digit.digit());
  }

  @Override
  public void pictureAsked() {
    picturesAsked++;
  }
}
