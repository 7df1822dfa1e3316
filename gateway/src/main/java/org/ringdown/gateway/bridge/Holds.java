package org.ringdown.gateway.bridge;

import java.util.EnumSet;
import java.util.Optional;
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.media.Dialect;
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
  private final EnumSet<Side> byOffer = EnumSet.noneOf(Side.class);
  private final EnumSet<Side> asked = EnumSet.noneOf(Side.class);

  /** True or false if this offer of a side begins or ends a hold; empty if it changes nothing. */
  Optional<Boolean> offered(Side side, Dialect dialect, String offer) {
    return changed(side, byOffer, holds(dialect, offer));
  }

  /** The same for a request. */
  Optional<Boolean> asked(Side side, boolean holds) {
    return changed(side, asked, holds);
  }

  private Optional<Boolean> changed(Side side, EnumSet<Side> way, boolean holds) {
    boolean before = isHolding(side);
    if (holds) {
      way.add(side);
    } else {
      way.remove(side);
    }
    return isHolding(side) == before ? Optional.empty() : Optional.of(holds);
  }

  /** The side is another one now; whether the one before held by request. */
  boolean forget(Side side) {
    byOffer.remove(side);
    return asked.remove(side);
  }

  /** Whether the side holds by request. */
  boolean hasAsked(Side side) {
    return asked.contains(side);
  }

  /** Whether the side holds the other now. */
  boolean isHolding(Side side) {
    return byOffer.contains(side) || asked.contains(side);
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
