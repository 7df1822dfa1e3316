package org.ringdown.webrtc.srtp;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The replay windows of one direction by SSRC, each stream on its own. Not thread-safe. */
final class Streams {
  private static final int MAX_STREAMS = 512;

  private final Map<Integer, ReplayWindow> windows = new HashMap<>();
  private @Nullable ReplayWindow last;
  private int lastSsrc;

  /** The window of a stream; null if there is none yet. */
  @Nullable ReplayWindow find(int ssrc) {
    if (last == null || lastSsrc != ssrc) {
      ReplayWindow found = windows.get(ssrc);
      if (found == null) {
        return null;
      }
      last = found;
      lastSsrc = ssrc;
    }
    return last;
  }

  boolean full() {
    return windows.size() >= MAX_STREAMS;
  }

  /** Keeps the window of a stream that has proved itself. */
  void keep(int ssrc, ReplayWindow window) {
    windows.put(ssrc, window);
  }
}
