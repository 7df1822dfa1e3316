package org.ringdown.gateway.media;

import org.ringdown.gateway.media.leg.MediaListener;

/** Makes media sessions. Safe from any thread. */
public interface MediaEngine extends AutoCloseable {
  /** Media for one call. */
  MediaSession open(MediaListener listener);

  /** How many sessions are open. */
  int openSessions();

  @Override
  void close();
}
