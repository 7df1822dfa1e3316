package org.ringdown.gateway.media.stream;

import com.google.common.base.Ticker;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.rtp.DigitTrain;
import org.ringdown.gateway.sdp.stream.Codec;

/**
 * Sends digits into one stream, a packet every {@value DigitTrain#STEP_MS} ms of the timer. Safe
 * from any thread.
 */
public final class DigitSender {
  private final LegStream stream;
  private final ScheduledExecutorService timer;
  private final Ticker clock;
  private final DigitTrain train = new DigitTrain();
  private @Nullable Future<?> task;
  private @Nullable Codec format;

  /** Sends nothing yet; the timer stays its owner's. */
  public DigitSender(LegStream stream, ScheduledExecutorService timer, Ticker clock) {
    this.stream = stream;
    this.timer = timer;
    this.clock = clock;
  }

  /** Puts digits at the end of the row; false if the leg has no format for them. */
  public synchronized boolean send(String digits, int durationMs, int gapMs) {
    if (chooseFormat().isEmpty() || !stream.agreement().speaks()) {
      return false;
    }
    train.add(digits, durationMs, gapMs);
    if (task == null) {
      task = timer.scheduleAtFixedRate(this::step, 0, DigitTrain.STEP_MS, TimeUnit.MILLISECONDS);
    }
    return true;
  }

  private Optional<Codec> chooseFormat() {
    int sent = stream.out().clockRateHz();
    Agreement agreed = stream.agreement();
    return agreed.digits(sent == 0 ? agreed.mainClockRateHz() : sent);
  }

  private synchronized void step() {
    if (!train.isSounding()) {
      format = chooseFormat().orElse(null);
    }
    Codec codec = format;
    if (codec == null || train.isOver()) {
      close();
      return;
    }
    DigitTrain.Step step = train.next(codec.clockRateHz());
    if (step != null) {
      int payloadType = codec.payloadType();
      OutboundStream out = stream.out();
      out.sendDigit(step.packet(payloadType), step.first(), codec.clockRateHz(), clock.read());
    }
    if (!train.isSounding()) {
      stream.out().digitOver();
    }
  }

  /** Stops at once. */
  public synchronized void close() {
    stream.out().digitOver();
    if (task != null) {
      task.cancel(false);
      task = null;
    }
  }
}
