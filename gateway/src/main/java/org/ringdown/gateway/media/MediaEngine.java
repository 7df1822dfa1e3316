package org.ringdown.gateway.media;

/** Makes media sessions. Safe from any thread. */
public interface MediaEngine extends AutoCloseable {
  /** Media for one call. */
  MediaSession open(MediaSession.Listener listener);

  /** How many sessions are open. */
  int openSessions();

  @Override
  void close();
}
