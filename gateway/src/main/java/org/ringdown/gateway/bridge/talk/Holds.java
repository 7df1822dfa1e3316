package org.ringdown.gateway.bridge.talk;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.ringdown.gateway.bridge.leg.Hold;
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.sdp.Description;
import org.ringdown.gateway.sdp.PlainSdp;
import org.ringdown.gateway.sdp.WebRtcSdp;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * Which side holds the other: it says so by an offer after which it no longer receives (RFC 3264
 * section 8.4), or asks the gateway for it. It holds until it has taken both back.
 */
final class Holds {
  private final Map<Side, Hold> holds = new EnumMap<>(Side.class);

  /** True or false if this offer of a side begins or ends a hold; empty if it changes nothing. */
  Optional<Boolean> offered(Side side, Dialect dialect, String offer) {
    return change(side, new Hold(holds(dialect, offer), of(side).asked()));
  }

  /** The same for a request. */
  Optional<Boolean> asked(Side side, boolean holds) {
    return change(side, new Hold(of(side).byOffer(), holds));
  }

  private Optional<Boolean> change(Side side, Hold next) {
    boolean before = of(side).isOn();
    put(side, next);
    return next.isOn() == before ? Optional.empty() : Optional.of(next.isOn());
  }

  /** How the side holds the other now. */
  Hold of(Side side) {
    return holds.getOrDefault(side, Hold.NONE);
  }

  /** The side is another one now, which holds so. */
  void put(Side side, Hold now) {
    holds.put(side, now);
  }

  private static boolean holds(Dialect dialect, String offer) {
    try {
      Description description =
          dialect == Dialect.PLAIN ? PlainSdp.read(offer) : WebRtcSdp.read(offer);
      return description.streams().stream()
          .filter(stream -> stream.kind() == MediaStream.Kind.AUDIO && !stream.refused())
          .noneMatch(stream -> stream.direction().receives());
    } catch (SdpException e) {
      return false; // what cannot be read has been refused before it comes here
    }
  }
}
