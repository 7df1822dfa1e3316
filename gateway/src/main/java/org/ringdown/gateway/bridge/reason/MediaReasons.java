package org.ringdown.gateway.bridge.reason;

import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.media.leg.MediaException;

/** What the media engine refuses, as a reason to end a call. */
public final class MediaReasons {
  private MediaReasons() {}

  /** What the engine says, as a reason. */
  public static EndReason of(MediaException e) {
    Kind kind =
        e.kind() == MediaException.Kind.NOT_ACCEPTABLE
            ? Kind.NOT_ACCEPTABLE_MEDIA
            : Kind.OVERLOADED;
    return EndReason.byGateway(kind, String.valueOf(e.getMessage()));
  }
}
