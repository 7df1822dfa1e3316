package org.ringdown.sip.stack;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.SIPStackTimerTask;
import gov.nist.javax.sip.stack.timers.SipTimer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JAIN-SIP's timer. Each of its transactions counts half seconds, for 32 s after its end too: with
 * twenty calls a second these are eight thousand ticks a second. So they come at the same few
 * moments, and what is due at one moment is one entry. For {@link JainStack} alone; public because
 * JAIN-SIP makes it. Safe from any thread.
 *
 * <p>When a stack is stopped JAIN-SIP closes its sockets, stops the timer, and then sleeps for a
 * second before it clears its tables. Interrupted, it does so at once.
 */
public final class StackTimer implements SipTimer {
  private static final Logger LOG = LoggerFactory.getLogger(StackTimer.class);
  private static final long GRAIN_MS = 50;

  private final TreeMap<Long, List<Entry>> due = new TreeMap<>();
  private boolean started;

  /** As JAIN-SIP calls it. */
  public StackTimer() {}

  @Override
  public synchronized void start(SipStackImpl stack, Properties properties) {
    started = true;
    Thread thread = new Thread(this::run, "sip-timer");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public synchronized boolean isStarted() {
    return started;
  }

  @Override
  public void stop() {
    synchronized (this) {
      started = false;
      due.clear();
      notifyAll();
    }
    Thread.currentThread().interrupt();
  }

  @Override
  public boolean schedule(SIPStackTimerTask task, long delay) {
    add(new Entry(task, 0), delay);
    return true;
  }

  @Override
  public boolean scheduleWithFixedDelay(SIPStackTimerTask task, long delay, long period) {
    add(new Entry(task, period), delay);
    return true;
  }

  @Override
  public boolean cancel(SIPStackTimerTask task) {
    return task.getSipTimerTask() instanceof Entry entry && entry.cancel();
  }

  private synchronized void add(Entry entry, long delay) {
    if (!started) {
      throw new IllegalStateException("the stack has been stopped");
    }
    put(entry, delay);
  }

  private void put(Entry entry, long delay) {
    long grain = grain(Math.max(delay, entry.period));
    long moment = now() + delay;
    long slot = moment + toNext(grain, moment);
    boolean first = due.isEmpty() || slot < due.firstKey();
    due.computeIfAbsent(slot, at -> new ArrayList<>()).add(entry);
    if (first) {
      notifyAll();
    }
  }

  /** How exact a wait must be: to a tenth. */
  private static long grain(long wait) {
    return Math.max(1, Math.min(GRAIN_MS, wait / 10));
  }

  /** From a moment to the next multiple of {@code grain}; 0 if it is one. */
  static long toNext(long grain, long moment) {
    return Math.floorMod(-moment, grain);
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  private void run() {
    for (List<Entry> next = next(); next != null; next = next()) {
      next.forEach(this::ring);
    }
  }

  /** What is due next, once it is; null if the timer has been stopped. */
  private synchronized @Nullable List<Entry> next() {
    while (started) {
      Map.Entry<Long, List<Entry>> first = due.firstEntry();
      long wait = first == null ? 0 : first.getKey() - now();
      if (first != null && wait <= 0) {
        due.remove(first.getKey());
        return first.getValue();
      }
      sleep(wait);
    }
    return null;
  }

  /** Until something changes or so many milliseconds have passed; 0 for as long as it takes. */
  private synchronized void sleep(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      LOG.debug("nobody interrupts the timer");
    }
  }

  private void ring(Entry entry) {
    try {
      entry.run();
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("a timer of the SIP stack failed", e);
    }
    again(entry);
  }

  private synchronized void again(Entry entry) {
    if (started && entry.isPeriodic()) {
      put(entry, entry.period);
    }
  }

  /** A task that waits, until it is cancelled. */
  private static final class Entry {
    private final long period;
    private volatile @Nullable SIPStackTimerTask task;

    Entry(SIPStackTimerTask task, long period) {
      this.task = task;
      this.period = period;
      task.setSipTimerTask(this);
    }

    void run() {
      SIPStackTimerTask due = task;
      if (due != null) {
        due.runTask();
      }
    }

    boolean isPeriodic() {
      return period > 0 && task != null;
    }

    boolean cancel() {
      SIPStackTimerTask waiting = task;
      if (waiting == null) {
        return false;
      }
      waiting.cleanUpBeforeCancel();
      task = null;
      return true;
    }
  }
}
