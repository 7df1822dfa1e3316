package org.ringdown.gateway.testkit.load.measure;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** How long something took, many times, each to a thousandth of itself. Safe from any thread. */
public final class Times {
  private static final int DIGITS = 3;

  private final Histogram micros;

  /** None yet. */
  public Times() {
    this(new Histogram(DIGITS));
  }

  private Times(Histogram micros) {
    micros.setAutoResize(true);
    this.micros = micros;
  }

  /** One more; less than nothing counts as nothing. */
  public synchronized void add(long nanos) {
    micros.recordValue(Math.max(0, nanos / 1000));
  }

  /** All of another's. */
  public void add(Times other) {
    Times copy = other.copy();
    synchronized (this) {
      micros.add(copy.micros);
    }
  }

  private synchronized Times copy() {
    return new Times(micros.copy());
  }

  /** How many there are. */
  public synchronized long count() {
    return micros.getTotalCount();
  }

  /**
   * The time in milliseconds that a share of all does not exceed; 0 if there are none.
   *
   * @param percent 0 to 100
   */
  public synchronized double percentileMs(double percent) {
    return micros.getValueAtPercentile(percent) / 1000.0;
  }

  /** The longest in milliseconds. */
  public synchronized double longestMs() {
    return micros.getMaxValue() / 1000.0;
  }

  /** As a line of text, for another process. */
  public synchronized String encoded() {
    ByteBuffer bytes = ByteBuffer.allocate(micros.getNeededByteBufferCapacity());
    int length = micros.encodeIntoCompressedByteBuffer(bytes);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
  }

  /**
   * The reverse of {@link #encoded}.
   *
   * @throws IllegalArgumentException if it is not what that gave
   */
  public static Times decode(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
      return new Times(Histogram.decodeFromCompressedByteBuffer(bytes, 0));
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("no times", e);
    }
  }
}
