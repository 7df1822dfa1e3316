package org.ringdown.gateway.media.join;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.leg.MediaLeg;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.relay.RelayedAnswer;
import org.ringdown.gateway.sdp.stream.MediaStream;

/** A caller that offers, and the one answer that it gets. */
final class OfferingCaller implements CallingLeg {
  private final MediaLeg media;
  private MediaLeg.Received offer;
  private @Nullable String answer;

  OfferingCaller(MediaLeg media, MediaLeg.Received offer) {
    this.media = media;
    this.offer = offer;
  }

  @Override
  public MediaLeg media() {
    return media;
  }

  @Override
  public ImmutableList<MediaStream> offered() {
    return offer.streams();
  }

  /** Whether it has its answer. */
  boolean isAnswered() {
    return answer != null;
  }

  /** Its page was loaded anew: this offer is in place of the first, answered or not. */
  void offersAnew(MediaLeg.Received fresh) {
    offer = fresh;
  }

  @Override
  public String calleeAnswered(CalledLeg leg, MediaLeg.Received received) throws SdpException {
    RelayedAnswer agreed = leg.relayed().answered(received.streams());
    String given = answer;
    var pairs = given == null ? agreed.pairs() : agreed.pairsAfter(media.agreed());
    received.accept(agreed.calleeStreams());
    if (given == null) {
      given = offer.accept(agreed.callerStreams());
      answer = given;
    }
    leg.joint(new Joint(media, leg.media(), pairs));
    return given;
  }
}
