package org.ringdown.gateway.media.leg;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.rtp.DigitDetector.Digit;
import org.ringdown.gateway.media.stream.LegStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the listener hears of one leg: each state once until it changes. Safe from any thread; the
 * listener is called under no lock.
 */
public final class LegEvents implements LegStream.Listener {
  private static final Logger log = LoggerFactory.getLogger(LegEvents.class);

  private final Supplier<ImmutableMap<String, Object>> evidence;
  private volatile Place place;
  private volatile boolean packetIsNews;
  private volatile boolean silent;
  private volatile boolean closed;
  private @Nullable PathState state;
  private boolean silenceTold;
  private long fellSilentNanos;
  private long quietSinceNanos;

  /**
   * Events of a leg.
   *
   * @param packetIsNews whether the first packet says that the leg is connected
   * @param evidence what is to be told with a state
   */
  public LegEvents(
      LegRef leg,
      MediaListener listener,
      boolean packetIsNews,
      Supplier<ImmutableMap<String, Object>> evidence) {
    this.place = new Place(leg, listener);
    this.packetIsNews = packetIsNews;
    this.evidence = evidence;
  }

  /** What the leg is called in its call, and who hears of it there. */
  private record Place(LegRef leg, MediaListener listener) {}

  /** What the leg is called in its call at the moment. */
  public LegRef leg() {
    return place.leg;
  }

  /** The leg is in another call now. */
  public void move(LegRef as, MediaListener hearer) {
    place = new Place(as, hearer);
  }

  /** The path has changed. */
  void moved(PathState next) {
    synchronized (this) {
      if (closed || next == state) {
        return;
      }
      log.debug("media of {}: {} -> {}", leg().name(), state, next);
      state = next;
    }
    tell(next);
  }

  private void tell(PathState news) {
    Place now = place;
    now.listener.onMedia(now.leg, news, evidence.get());
  }

  @Override
  public void heard() {
    if (silent) {
      heardAgain();
    } else if (packetIsNews) {
      packetIsNews = false;
      moved(PathState.CONNECTED);
    }
  }

  private void heardAgain() {
    synchronized (this) {
      if (closed || !silent) {
        return;
      }
      silent = false;
      silenceTold = false;
      packetIsNews = false;
      state = PathState.CONNECTED;
    }
    tell(PathState.HEARD_AGAIN);
  }

  @Override
  public void digit(Digit digit) {
    if (!closed) {
      Place now = place;
      now.listener.onDigit(now.leg, digit.digit(), digit.durationMs());
    }
  }

  @Override
  public void pictureAsked() {
    if (!closed) {
      Place now = place;
      now.listener.onPictureAsked(now.leg);
    }
  }

  /** The leg's media have been joined with another's: silence counts from now. */
  public synchronized void joined(long nowNanos) {
    quietSinceNanos = nowNanos;
    silenceTold = false;
  }

  /**
   * To be called now and then: finds silence, and digits that lost their end.
   *
   * @param up whether the path can carry packets at all
   */
  void tick(boolean up, ImmutableList<LegStream> streams, Duration silentAfter, long nowNanos) {
    boolean expected = false;
    long quietNanos = Long.MAX_VALUE;
    for (LegStream stream : streams) {
      stream.tick(nowNanos);
      if (up && stream.isExpected()) {
        expected = true;
        quietNanos = Math.min(quietNanos, stream.quietNanos(nowNanos));
      }
    }
    if (hasFallenSilent(expected, quietNanos, silentAfter, nowNanos)) {
      moved(PathState.SILENT);
      fellSilentNanos = nowNanos;
      silent = true;
    } else if (silent && nowNanos - quietNanos > fellSilentNanos && quietNanos != Long.MAX_VALUE) {
      heardAgain(); // a packet that came while the silence was told
    }
  }

  private synchronized boolean hasFallenSilent(
      boolean expected, long quietNanos, Duration silentAfter, long nowNanos) {
    if (!expected) {
      quietSinceNanos = nowNanos;
      return false;
    }
    long quiet = Math.min(quietNanos, nowNanos - quietSinceNanos);
    boolean heardAgain = quiet < silentAfter.toNanos();
    boolean fallen = !silenceTold && !heardAgain;
    silenceTold = !heardAgain;
    return fallen;
  }

  synchronized String stateName() {
    PathState now = state;
    return now == null ? "NEW" : now.name();
  }

  /** From now on nothing is told. */
  void close() {
    closed = true;
  }
}
