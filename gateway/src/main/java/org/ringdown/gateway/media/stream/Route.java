package org.ringdown.gateway.media.stream;

import java.nio.ByteBuffer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.rtp.G711;
import org.ringdown.gateway.media.rtp.RtcpRewriter;
import org.ringdown.gateway.media.rtp.RtpHeader;
import org.ringdown.gateway.media.rtp.TelephoneEvent;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.gateway.sdp.stream.PayloadMap;

/**
 * Where packets of one stream go, and what becomes of them on the way. Immutable: hold, resume and
 * a new answer make a new one. Runs on the I/O thread of the stream it comes from.
 */
public final class Route {
  private static final int PAYLOAD_TYPES = 128;

  private final LegStream from;
  private final LegStream to;
  private final Agreement heard;
  private final Agreement wanted;
  private final int[] payloads = new int[PAYLOAD_TYPES];
  private final boolean[] lawChanges = new boolean[PAYLOAD_TYPES];
  private final boolean held;
  private final boolean open;

  /**
   * A way from one stream to another.
   *
   * @param payloadTypes from the payload types of the one to those of the other, or {@link
   *     PayloadMap#NONE}
   * @param held whether nothing may pass, whatever the two have agreed on
   */
  public Route(LegStream from, LegStream to, IntUnaryOperator payloadTypes, boolean held) {
    this.from = from;
    this.to = to;
    this.heard = from.agreement();
    this.wanted = to.agreement();
    this.held = held;
    this.open = !held && heard.hears() && wanted.speaks();
    for (int i = 0; i < PAYLOAD_TYPES; i++) {
      int mapped = payloadTypes.applyAsInt(i);
      payloads[i] = mapped == PayloadMap.NONE && heard.isEvent(i) ? otherDigits(i) : mapped;
      lawChanges[i] = changesLaw(i, payloads[i]);
    }
  }

  /** Digits pass even if the legs have them at different clock rates. */
  private int otherDigits(int payloadType) {
    return wanted
        .digits(heard.clockRateHz(payloadType))
        .map(Codec::payloadType)
        .orElse(PayloadMap.NONE);
  }

  /** G.711 passes even if each leg has a law of its own. */
  private boolean changesLaw(int payloadType, int mapped) {
    Codec source = heard.codec(payloadType);
    Codec target = mapped == PayloadMap.NONE ? null : wanted.codec(mapped);
    return source != null && target != null && source.isOtherLawOf(target);
  }

  LegStream to() {
    return to;
  }

  /** Whether a leg holds the call. */
  boolean isHeld() {
    return held;
  }

  void relayRtp(ByteBuffer packet, int payloadOffset, long nowNanos) {
    int payloadType = RtpHeader.payloadType(packet);
    int mapped = payloads[payloadType];
    if (!open || mapped == PayloadMap.NONE) {
      to.out().skip(packet, from, heard.clockRateHz(payloadType), nowNanos);
      return;
    }
    if (heard.isEvent(payloadType)) {
      scaleDigit(packet, payloadOffset, payloadType, mapped);
    }
    if (lawChanges[payloadType]) {
      G711.convert(packet, payloadOffset, isALaw(wanted.codec(mapped)));
    }
    to.out().relay(packet, from, mapped, wanted.clockRateHz(mapped), nowNanos);
  }

  private static boolean isALaw(@Nullable Codec codec) {
    return codec != null && codec.is("PCMA");
  }

  private void scaleDigit(ByteBuffer packet, int payloadOffset, int payloadType, int mapped) {
    int fromHz = heard.clockRateHz(payloadType);
    int toHz = wanted.clockRateHz(mapped);
    if (fromHz != toHz && packet.remaining() >= payloadOffset + TelephoneEvent.BYTES) {
      TelephoneEvent.scale(packet, payloadOffset, fromHz, toHz);
    }
  }

  void relayRtcp(ByteBuffer packet) {
    if (!wanted.isAudio() && !wanted.takesPictureRequests() && RtcpRewriter.asksPicture(packet)) {
      from.pictureAsked();
    }
    var mapping = new RtcpRewriter.Mapping(from.out().numbers(), to.out().numbers());
    if (RtcpRewriter.rewrite(packet, mapping)) {
      to.out().sendRtcp(packet);
    }
  }
}
