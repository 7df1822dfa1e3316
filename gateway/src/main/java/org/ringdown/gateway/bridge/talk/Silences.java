package org.ringdown.gateway.bridge.talk;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.ringdown.gateway.bridge.leg.MediaNews;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.webrtc.page.WebRtcLeg.MediaState;

/**
 * Which legs of one call are silent now. A leg that is heard again makes all well only if no other
 * is silent. Belongs to the call's executor.
 */
final class Silences {
  private final Predicate<LegRef> talks;
  private final Map<LegRef, MediaNews> silent = new LinkedHashMap<>();

  /**
   * Nobody is silent.
   *
   * @param talks whether a leg still belongs to one of the sides
   */
  Silences(Predicate<LegRef> talks) {
    this.talks = talks;
  }

  /** What is to be told of these news: themselves, or what is still wrong. */
  MediaNews weigh(MediaNews news) {
    if (!news.forBoth()) {
      return news;
    }
    if (news.state() == MediaState.ONE_WAY) {
      silent.put(news.leg(), news);
      return news;
    }
    silent.remove(news.leg());
    silent.keySet().removeIf(leg -> !talks.test(leg));
    return silent.values().stream().findFirst().orElse(news);
  }
}
