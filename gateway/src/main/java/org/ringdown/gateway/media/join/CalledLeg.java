package org.ringdown.gateway.media.join;

import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.leg.MediaException;
import org.ringdown.gateway.media.leg.MediaLeg;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.relay.RelayedOffer;

/**
 * A called leg, what it was offered or asked to offer, and its joint with the caller once it has
 * answered.
 */
public final class CalledLeg {
  private final MediaLeg media;
  private final String offer;
  private final @Nullable AskedOffer asked;
  private RelayedOffer relayed;
  private @Nullable Joint joint;

  /** A leg that has been offered this. */
  public CalledLeg(MediaLeg media, RelayedOffer relayed, String offer) {
    this(media, relayed, offer, null);
  }

  private CalledLeg(
      MediaLeg media, RelayedOffer relayed, String offer, @Nullable AskedOffer asked) {
    this.media = media;
    this.relayed = relayed;
    this.offer = offer;
    this.asked = asked;
  }

  /**
   * A leg that has been asked for an offer.
   *
   * @param relayed what it would have been offered
   * @param hasOneCodec whether it is to be left no choice, because whoever it is to hear has none
   */
  static CalledLeg asked(MediaLeg media, RelayedOffer relayed, boolean hasOneCodec) {
    return new CalledLeg(media, relayed, "", new AskedOffer(media, hasOneCodec));
  }

  /** What the leg says to its offer; if it was asked for one, that offer, which is answered. */
  MediaLeg.Received received(String text) throws SdpException, MediaException {
    if (asked == null) {
      return media.readAnswer(text);
    }
    var unused = answered(text);
    return asked;
  }

  /** The answer to an offer that the leg was asked for. */
  String answered(String text) throws SdpException, MediaException {
    if (asked == null) {
      throw MediaException.notAcceptable("an offer of a leg that was not asked for one");
    }
    relayed = asked.take(text, relayed);
    return asked.answer();
  }

  /** The gateway's end of the leg. */
  public MediaLeg media() {
    return media;
  }

  RelayedOffer relayed() {
    return relayed;
  }

  /** What the leg was offered stands for another offer of the caller. */
  void relay(RelayedOffer anew) {
    relayed = anew;
  }

  /** The text that was offered. */
  String offer() {
    return offer;
  }

  @Nullable Joint joint() {
    return joint;
  }

  void joint(Joint made) {
    joint = made;
  }
}
