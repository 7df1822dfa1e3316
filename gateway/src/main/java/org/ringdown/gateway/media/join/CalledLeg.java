package org.ringdown.gateway.media.join;

import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.leg.MediaLeg;
import org.ringdown.gateway.sdp.relay.RelayedOffer;

/** A called leg, what it was offered, and its joint with the caller once it has answered. */
public final class CalledLeg {
  private final MediaLeg media;
  private final String offer;
  private RelayedOffer relayed;
  private @Nullable Joint joint;

  /** A leg that has been offered this. */
  public CalledLeg(MediaLeg media, RelayedOffer relayed, String offer) {
    this.media = media;
    this.relayed = relayed;
    this.offer = offer;
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
