package org.ringdown.gateway.bridge;

import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.media.MediaException;

/** What the media engine refuses, as a reason to end a call. */
final class MediaReasons {
  private MediaReasons() {}

  static EndReason of(MediaException e) {
    Kind kind =
        e.kind() == MediaException.Kind.NOT_ACCEPTABLE
            ? Kind.NOT_ACCEPTABLE_MEDIA
            : Kind.OVERLOADED;
    return EndReason.byGateway(kind, String.valueOf(e.getMessage()));
  }
}
