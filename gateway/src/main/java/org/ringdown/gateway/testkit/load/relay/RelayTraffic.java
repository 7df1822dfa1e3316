package org.ringdown.gateway.testkit.load.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.ringdown.gateway.testkit.load.measure.Tally;
import org.ringdown.gateway.testkit.load.measure.Tally.Count;
import org.ringdown.gateway.testkit.load.media.Media;
import org.ringdown.gateway.testkit.load.media.MediaMode;
import org.ringdown.gateway.testkit.load.traffic.Generator;
import org.ringdown.gateway.testkit.load.traffic.Load;
import org.ringdown.gateway.testkit.load.traffic.RelayWindow;
import org.ringdown.gateway.testkit.load.traffic.Rhythm;
import org.ringdown.gateway.testkit.load.traffic.Target;

/**
 * Calls that are media alone, relayed by an rtpengine: no signalling is measured, and every call
 * stays up to the end.
 */
public final class RelayTraffic implements Generator {
  private static final long LOOK_MS = 10;

  private final RtpengineControl control;
  private final ScheduledThreadPoolExecutor timer;
  private final Media media;
  private final Queue<RelayedCall> calls = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;
  private volatile Tally tally = new Tally();
  private int begun;

  private RelayTraffic(RtpengineControl control, ScheduledThreadPoolExecutor timer, Media media) {
    this.control = control;
    this.timer = timer;
    this.media = media;
  }

  /**
   * Opens sockets.
   *
   * @param target its SIP address is that of rtpengine's control protocol
   * @throws IOException if no rtpengine answers there
   */
  public static RelayTraffic open(Target target) throws IOException {
    RtpengineControl control = RtpengineControl.open(target.sip());
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    InetAddress local = target.media();
    Media media = Media.open(MediaMode.SOUND, new Media.Places(local, local), timer);
    return new RelayTraffic(control, timer, media);
  }

  /** Nobody has to sign in. */
  @Override
  public Tally enter(int pages, double signInsPerSecond) {
    return tally;
  }

  @Override
  public Tally run(Load load, Runnable ending) throws InterruptedException {
    Tally counted = new Tally();
    tally = counted;
    RelayWindow window = new RelayWindow(load, counted);
    Rhythm rhythm = new Rhythm(load.callsPerSecond());
    long end = System.nanoTime() + load.lasts().toNanos();
    while (System.nanoTime() < end && !stopped) {
      window.look(up());
      while (calls.size() < load.concurrent() && rhythm.isDue()) {
        begin(counted);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MS);
    }
    window.shut();
    ending.run();
    while (!calls.isEmpty()) {
      end(calls.remove(), counted);
    }
    return counted;
  }

  @Override
  public void stop() {
    stopped = true;
  }

  private void begin(Tally counted) {
    counted.count(Count.STARTED);
    try {
      calls.add(RelayedCall.begin("load-" + ++begun, control, media, counted));
    } catch (IOException | IllegalArgumentException e) {
      counted.failed(String.valueOf(e.getMessage()));
    }
  }

  private void end(RelayedCall call, Tally counted) {
    boolean wasUp = call.isUp();
    try {
      call.end(control);
    } catch (IOException e) {
      counted.failed(String.valueOf(e.getMessage()));
      return;
    }
    if (wasUp) {
      counted.count(Count.SUCCEEDED);
    } else {
      counted.failed("the two did not hear each other");
    }
  }

  @Override
  public Tally tally() {
    return tally;
  }

  @Override
  public int up() {
    return (int) calls.stream().filter(RelayedCall::isUp).count();
  }

  @Override
  public void close() {
    control.close();
    media.close();
    timer.shutdownNow();
  }
}
