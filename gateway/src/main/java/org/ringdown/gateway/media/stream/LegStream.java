package org.ringdown.gateway.media.stream;

import com.google.common.collect.ImmutableMap;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.rtp.DigitDetector;
import org.ringdown.gateway.media.rtp.DigitDetector.Digit;
import org.ringdown.gateway.media.rtp.Reception;
import org.ringdown.gateway.media.rtp.RtcpRewriter;
import org.ringdown.gateway.media.rtp.RtpHeader;
import org.ringdown.gateway.media.rtp.RtpRewriter;
import org.ringdown.gateway.sdp.stream.Codec;

/**
 * One media section of one leg, both ways. Packets come on the leg's I/O thread, agreements and
 * routes from the call's executor.
 */
public final class LegStream {
  private final Listener events;
  private final OutboundStream out;
  private final Reception reception = new Reception();
  private final DigitDetector digits = new DigitDetector();
  private volatile Agreement agreement;
  private volatile @Nullable Route route;

  /** A stream that goes nowhere yet. */
  public LegStream(Listener events, OutboundStream.Wire wire, Agreement first) {
    this.events = events;
    this.out = new OutboundStream(wire, first.isAudio());
    this.agreement = first;
  }

  /** Takes a packet of the leg. */
  public void onRtp(ByteBuffer packet, long nowNanos) {
    int payloadOffset = RtpHeader.payloadOffset(packet);
    if (payloadOffset < 0) {
      return;
    }
    reception.count(packet, nowNanos);
    events.heard();
    Agreement agreed = agreement;
    int payloadType = RtpHeader.payloadType(packet);
    if (agreed.isEvent(payloadType)) {
      tell(digits.observe(packet, payloadOffset, agreed.clockRateHz(payloadType), nowNanos));
    }
    Route way = route;
    if (way != null) {
      way.relayRtp(packet, payloadOffset, nowNanos);
    }
  }

  /** Takes RTCP of the leg. */
  public void onRtcp(ByteBuffer packet) {
    Route way = route;
    if (way != null) {
      way.relayRtcp(packet);
    }
  }

  /** Asks the leg for a whole picture; false if it takes no such RTCP, or sends nothing yet. */
  public boolean askPicture() {
    Route way = route;
    RtpRewriter.Numbers heard = way == null ? null : way.to().out().numbers();
    if (heard == null || !heard.known() || !agreement.takesPictureRequests()) {
      return false;
    }
    out.sendRtcp(RtcpRewriter.pictureLoss(out.ssrc(), heard.sourceSsrc()));
    return true;
  }

  /** The leg wants a whole picture, of one that is not told so in the media. */
  void pictureAsked() {
    events.pictureAsked();
  }

  /** To be called now and then: a digit may have lost its end. */
  public void tick(long nowNanos) {
    tell(digits.giveUp(nowNanos));
  }

  private void tell(@Nullable Digit digit) {
    if (digit != null) {
      events.digit(digit);
    }
  }

  /** What is sent to the leg. */
  public OutboundStream out() {
    return out;
  }

  /** What is agreed on at the moment. */
  public Agreement agreement() {
    return agreement;
  }

  /** Something else is agreed on from now on. */
  public void agree(Agreement next) {
    agreement = next;
  }

  /** Where packets of the leg go from now on; null for nowhere. */
  public void route(@Nullable Route next) {
    route = next;
  }

  /** Whether the leg is expected to send sound that somebody hears. */
  public boolean isExpected() {
    Route way = route;
    return way != null && !way.isHeld() && agreement.isAudio() && agreement.hears();
  }

  /** How long ago the last packet came. */
  public long quietNanos(long nowNanos) {
    Reception.Counts counts = reception.counts();
    return counts.packets() == 0 ? Long.MAX_VALUE : nowNanos - counts.lastNanos();
  }

  /** What has been received. */
  public Reception reception() {
    return reception;
  }

  /** The figures of {@code query}. */
  public ImmutableMap<String, Object> figures(long nowNanos) {
    Reception.Counts in = reception.counts();
    OutboundStream.Counts sent = out.counts();
    Agreement agreed = agreement;
    ImmutableMap.Builder<String, Object> figures = ImmutableMap.builder();
    figures.put("kind", agreed.kindName());
    figures.put("codecs", codecs(agreed));
    figures.put("receiving", agreed.hears());
    figures.put("sending", agreed.speaks());
    figures.put(
        "digits", agreed.digits(agreed.mainClockRateHz()).map(Codec::encoding).orElse("none"));
    figures.put("packetsIn", in.packets());
    figures.put("bytesIn", in.bytes());
    figures.put("lostIn", in.lost());
    figures.put("packetsOut", sent.packets());
    figures.put("bytesOut", sent.bytes());
    figures.put("droppedOut", sent.dropped());
    if (in.packets() > 0) {
      figures.put("lastPacketAgeMs", TimeUnit.NANOSECONDS.toMillis(nowNanos - in.lastNanos()));
    }
    return figures.buildOrThrow();
  }

  /** Hears what comes from the leg. Called on its I/O thread, digits on the timer's too. */
  public interface Listener {
    /** A packet came. */
    void heard();

    /** A key was pressed. */
    void digit(Digit digit);

    /** A whole picture is wanted of somebody who does not hear that in the media. */
    void pictureAsked();
  }

  private static String codecs(Agreement agreed) {
    return agreed.stream().codecs().stream().map(Codec::encoding).collect(Collectors.joining(" "));
  }
}
