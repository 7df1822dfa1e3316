package org.ringdown.gateway.bridge;

import java.util.EnumSet;
import java.util.Optional;
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.media.Dialect;
import org.ringdown.gateway.sdp.Description;
import org.ringdown.gateway.sdp.MediaStream;
import org.ringdown.gateway.sdp.PlainSdp;
import org.ringdown.gateway.sdp.SdpException;
import org.ringdown.gateway.sdp.WebRtcSdp;

/** Which side holds the other: it no longer wants to receive (RFC 3264 section 8.4). */
final class Holds {
  private final EnumSet<Side> holding = EnumSet.noneOf(Side.class);

  /** True or false if this offer of a side begins or ends a hold; empty if it changes nothing. */
  Optional<Boolean> changed(Side side, Dialect dialect, String offer) {
    boolean holds = holds(dialect, offer);
    boolean changed = holds ? holding.add(side) : holding.remove(side);
    return changed ? Optional.of(holds) : Optional.empty();
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
