package org.ringdown.gateway.media;

import com.google.common.base.Ticker;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.ringdown.gateway.media.leg.LegFactory;
import org.ringdown.gateway.media.leg.MediaListener;
import org.ringdown.gateway.media.leg.PathState;
import org.ringdown.gateway.media.leg.PhonePorts;
import org.ringdown.gateway.media.leg.Timing;
import org.ringdown.webrtc.media.PeerTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Relays the media of all calls in this process: phones on port pairs, browsers on the one UDP port
 * of their transports. Packets go from socket to socket on the thread that read them; nothing is
 * transcoded. Safe from any thread.
 */
public final class EmbeddedMedia implements MediaEngine {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedMedia.class);
  private static final long LONGEST_TICK_MS = 1000;

  private final LegFactory legs;
  private final Timing timing;
  private final ScheduledExecutorService timer;
  private final Set<EmbeddedSession> sessions = ConcurrentHashMap.newKeySet();

  /**
   * An engine. Ports and transports stay their owner's: {@link #close} closes the sessions only.
   *
   * @param phones where phones' media come in
   * @param transports makes the path to a browser, such as {@code PeerTransports::create}
   * @param silentAfter how long nothing must have come from a leg before it is called {@link
   *     PathState#SILENT}
   */
  public EmbeddedMedia(
      PhonePorts phones,
      Function<PeerTransport.Listener, PeerTransport> transports,
      Duration silentAfter) {
    this(phones, transports, silentAfter, Ticker.systemTicker());
  }

  /** An engine with a clock of the caller's. */
  EmbeddedMedia(
      PhonePorts phones,
      Function<PeerTransport.Listener, PeerTransport> transports,
      Duration silentAfter,
      Ticker clock) {
    if (silentAfter.isNegative() || silentAfter.isZero()) {
      throw new IllegalArgumentException("silentAfter must be positive, not " + silentAfter);
    }
    this.timing = new Timing(clock, silentAfter);
    this.legs = new LegFactory(phones, transports, timing);
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            new ThreadFactoryBuilder().setNameFormat("media-timer").setDaemon(true).build());
    long tickMs = Math.max(1, Math.min(LONGEST_TICK_MS, silentAfter.toMillis() / 4));
    var unused = timer.scheduleWithFixedDelay(this::tick, tickMs, tickMs, TimeUnit.MILLISECONDS);
  }

  @Override
  public MediaSession open(MediaListener listener) {
    EmbeddedSession session = new EmbeddedSession(this, listener);
    sessions.add(session);
    return session;
  }

  @Override
  public int openSessions() {
    return sessions.size();
  }

  LegFactory legs() {
    return legs;
  }

  Timing timing() {
    return timing;
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  void forget(EmbeddedSession session) {
    sessions.remove(session);
  }

  private void tick() {
    long now = timing.clock().read();
    for (EmbeddedSession session : sessions) {
      try {
        session.tick(now);
      } catch (RuntimeException e) {
        log.error("a call's media could not be looked after", e);
      }
    }
  }

  /** Closes all sessions and stops the timer. Idempotent. */
  @Override
  public void close() {
    List.copyOf(sessions).forEach(EmbeddedSession::close);
    timer.shutdown();
  }
}
