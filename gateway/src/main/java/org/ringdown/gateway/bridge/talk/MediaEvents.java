package org.ringdown.gateway.bridge.talk;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ringdown.gateway.bridge.leg.MediaNews;
import org.ringdown.gateway.call.CallEvent;
import org.ringdown.gateway.call.CallState;
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.media.leg.MediaListener;
import org.ringdown.gateway.media.leg.PathState;
import org.ringdown.webrtc.page.WebRtcLeg.Verdict;

/**
 * Takes what the media engine sees from its threads to the call: news for the sides, or the end.
 */
public final class MediaEvents implements MediaListener {
  private final Executor call;
  private final Sides sides;
  private final Supplier<CallState> state;
  private final SideListener requests;
  private final Consumer<CallEvent> events;
  private final BiConsumer<LegRef, Verdict> verdicts;
  private final Silences silences;

  /**
   * Events of one call's media.
   *
   * @param call runs what concerns the call
   * @param sides who is told
   * @param state where the call stands
   * @param requests hears of digits
   * @param events hears of a path that failed
   * @param verdicts hears what is wrong with a leg
   */
  public MediaEvents(
      Executor call,
      Sides sides,
      Supplier<CallState> state,
      SideListener requests,
      Consumer<CallEvent> events,
      BiConsumer<LegRef, Verdict> verdicts) {
    this.call = call;
    this.sides = sides;
    this.state = state;
    this.requests = requests;
    this.events = events;
    this.verdicts = verdicts;
    this.silences = new Silences(sides::has);
  }

  @Override
  public void onMedia(LegRef leg, PathState seen, ImmutableMap<String, Object> evidence) {
    call.execute(() -> tell(MediaNews.of(leg, seen, evidence)));
  }

  @Override
  public void onDigit(LegRef leg, char digit, int durationMs) {
    call.execute(() -> requests.onHeardDigit(sides.of(leg), digit, durationMs));
  }

  @Override
  public void onPictureAsked(LegRef leg) {
    call.execute(() -> requests.onPictureAsked(sides.of(leg)));
  }

  private void tell(MediaNews seen) {
    if (state.get() == CallState.ENDED) {
      return;
    }
    Optional.ofNullable(seen.verdict()).ifPresent(verdict -> verdicts.accept(seen.leg(), verdict));
    MediaNews news = silences.weigh(seen);
    if (news.forBoth()) {
      for (Side side : Side.values()) {
        sides.leg(side).media(news);
      }
    } else {
      sides.leg(sides.of(news.leg())).media(news);
    }
    if (news.failure() != null) {
      events.accept(new CallEvent.Failed(news.failure()));
    }
  }
}
