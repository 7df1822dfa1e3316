package org.ringdown.gateway.sound;

import com.google.common.collect.ImmutableMap;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ringdown.gateway.media.rtp.DigitDetector;
import org.ringdown.gateway.media.rtp.RtpHeader;

/**
 * Hears one RTP stream: keeps the last fifth of a second and finds tones in it (Goertzel), and
 * collects digits. Safe from any thread.
 */
public final class Ear {
  private static final int RATE_HZ = 8000;
  private static final int WINDOW = 1600;
  private static final double PRESENT = 0.6;
  private static final double SILENT_AMPLITUDE = 200;
  private static final long STALE_NANOS = 300_000_000L;
  private static final int LOWEST_HZ = 50;
  private static final int HIGHEST_HZ = 3500;
  private static final int RESOLUTION_HZ = 5;

  private final double[] window = new double[WINDOW];
  private final DigitDetector detector = new DigitDetector();
  private final StringBuilder digits = new StringBuilder();
  private final List<Recording> recordings = new CopyOnWriteArrayList<>();
  private final Runnable onFirst;
  private ImmutableMap<Integer, Voice> heard = ImmutableMap.of();
  private int eventType;
  private int at;
  private int filled;
  private long packets;
  private long lastNanos;
  private int lastType;

  /**
   * Hears nothing before {@link #listen}.
   *
   * @param onFirst told of the first packet
   */
  public Ear(Runnable onFirst) {
    this.onFirst = onFirst;
  }

  /** Says what the packets may hold. */
  public synchronized void listen(Agreed agreed) {
    heard = agreed.heard();
    eventType = agreed.eventType();
  }

  /** One packet. */
  public void hear(ByteBuffer packet) {
    if (take(packet, System.nanoTime()) == 1) {
      onFirst.run();
    }
  }

  private synchronized long take(ByteBuffer packet, long now) {
    int payload = RtpHeader.payloadOffset(packet);
    if (payload < 0) {
      return packets;
    }
    int type = RtpHeader.payloadType(packet);
    if (type == eventType && eventType != 0) {
      DigitDetector.Digit digit = detector.observe(packet, payload, RATE_HZ, now);
      if (digit != null) {
        digits.append(digit.digit());
      }
      return packets;
    }
    lastNanos = now;
    lastType = type;
    Voice codec = heard.get(type);
    if (codec != null && codec.sounds()) {
      take(codec.decode(packet, payload));
    }
    return ++packets;
  }

  private void take(short[] samples) {
    for (short sample : samples) {
      window[at] = sample;
      at = (at + 1) % WINDOW;
    }
    filled = Math.min(WINDOW, filled + samples.length);
    recordings.forEach(recording -> recording.heard(samples));
  }

  /** Writes down what is heard from now on. */
  public void record(Recording recording) {
    recordings.add(recording);
  }

  /** The digits heard so far and not forgotten. */
  public synchronized String digits() {
    DigitDetector.Digit late = detector.giveUp(System.nanoTime());
    if (late != null) {
      digits.append(late.digit());
    }
    return digits.toString();
  }

  /** Takes digits off the front. */
  public synchronized void forgetDigits(int count) {
    digits.delete(0, count);
  }

  /** Forgets the sound heard so far, so that only what comes from now on counts. */
  public synchronized void forgetSound() {
    filled = 0;
  }

  /** Whether a whole window of sound is there and most of its power is at this frequency. */
  public synchronized boolean hears(int hz) {
    return isFresh() && isLoud() && share(hz) > PRESENT;
  }

  /** Whether there is any sound at all. */
  public synchronized boolean hearsAnything() {
    return isFresh() && isLoud();
  }

  /** What is heard, for a person: {@code 440 Hz}, {@code silence}, {@code no RTP at all}. */
  public synchronized String describe() {
    if (packets == 0) {
      return "no RTP at all";
    }
    if (System.nanoTime() - lastNanos > STALE_NANOS) {
      return "no RTP any more (" + packets + " packets came before)";
    }
    if (!isFresh()) {
      return "too little G.711 in "
          + packets
          + " packets, the last of payload type "
          + lastType
          + "; agreed on: "
          + heard;
    }
    return isLoud() ? loudest() : "silence (" + packets + " packets)";
  }

  private String loudest() {
    int best = LOWEST_HZ;
    for (int hz = LOWEST_HZ; hz <= HIGHEST_HZ; hz += RESOLUTION_HZ) {
      best = share(hz) > share(best) ? hz : best;
    }
    return share(best) > PRESENT ? best + " Hz" : "noise";
  }

  private boolean isFresh() {
    return filled == WINDOW && System.nanoTime() - lastNanos < STALE_NANOS;
  }

  private double power() {
    double sum = 0;
    for (double sample : window) {
      sum += sample * sample;
    }
    return sum;
  }

  private boolean isLoud() {
    return power() / WINDOW > SILENT_AMPLITUDE * SILENT_AMPLITUDE;
  }

  /** The share of the power that is at a frequency; 1 for a pure tone. */
  private double share(int hz) {
    double coefficient = 2 * Math.cos(2 * Math.PI * hz / RATE_HZ);
    double previous = 0;
    double beforeThat = 0;
    for (int i = 0; i < WINDOW; i++) {
      double now = window[(at + i) % WINDOW] + coefficient * previous - beforeThat;
      beforeThat = previous;
      previous = now;
    }
    double found =
        previous * previous + beforeThat * beforeThat - coefficient * previous * beforeThat;
    return 2 * found / (WINDOW * power());
  }
}
