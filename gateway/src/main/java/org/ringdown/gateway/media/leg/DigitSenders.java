package org.ringdown.gateway.media.leg;

import com.google.common.base.Ticker;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.ringdown.gateway.media.stream.DigitSender;
import org.ringdown.gateway.media.stream.LegStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who sends digits into which leg of a call. Not thread-safe: under the session's monitor. */
public final class DigitSenders {
  private static final Logger log = LoggerFactory.getLogger(DigitSenders.class);

  private final ScheduledExecutorService timer;
  private final Ticker clock;
  private final Map<String, DigitSender> senders = new HashMap<>();

  /** Nobody sends any yet; the timer stays its owner's. */
  public DigitSenders(ScheduledExecutorService timer, Ticker clock) {
    this.timer = timer;
    this.clock = clock;
  }

  /** Sends digits into a leg, behind those that it is still being sent. */
  public void send(MediaLeg leg, String digits, int durationMs, int gapMs) {
    String name = leg.events().leg().name();
    Optional<LegStream> audio =
        leg.streams().stream().filter(stream -> stream.agreement().isAudio()).findFirst();
    if (audio.isEmpty()) {
      log.debug("no audio to send digits to {}", name);
      return;
    }
    DigitSender sender =
        senders.computeIfAbsent(name, unused -> new DigitSender(audio.get(), timer, clock));
    if (!sender.send(digits, durationMs, gapMs)) {
      log.debug("{} takes no digits: no telephone-event agreed on, or it is on hold", name);
    }
  }

  /** Stops what is being sent to a leg. */
  public void stop(String leg) {
    DigitSender sender = senders.remove(leg);
    if (sender != null) {
      sender.close();
    }
  }

  /** Stops everything. */
  public void close() {
    senders.values().forEach(DigitSender::close);
  }
}
