package org.ringdown.gateway.media.leg;

import com.google.common.collect.ImmutableMap;

/** Hears of the media. Called on the engine's threads: post and return. */
public interface MediaListener {
  /** The path to a leg has changed. */
  void onMedia(LegRef leg, PathState state, ImmutableMap<String, Object> evidence);

  /**
   * A leg sent a digit as an RFC 4733 event. Passed on already to another leg that takes events.
   */
  void onDigit(LegRef leg, char digit, int durationMs);

  /**
   * A leg has asked for a whole picture by RTCP, of another that has not agreed to hear that there.
   * May come often.
   */
  default void onPictureAsked(LegRef leg) {}
}
