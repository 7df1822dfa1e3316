package org.ringdown.gateway.testkit.load.relay;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.ringdown.gateway.testkit.load.measure.Tally;
import org.ringdown.gateway.testkit.load.media.End;
import org.ringdown.gateway.testkit.load.media.Media;

/** A phone and a page that hear each other by way of rtpengine. Safe from any thread. */
final class RelayedCall {
  private static final int BOTH = 2;

  private final String name;
  private final AtomicInteger heard = new AtomicInteger();
  private final End phone;
  private final End page;

  private RelayedCall(String name, Media media, Tally tally) throws IOException {
    this.name = name;
    phone = media.phone(tally, nanos -> onHeard());
    page = media.page(tally, nanos -> onHeard());
  }

  /**
   * Begins one; it is up when both have heard each other.
   *
   * @throws IOException if rtpengine says no, or there is no port left
   * @throws IllegalArgumentException if its SDP is no use
   */
  static RelayedCall begin(String name, RtpengineControl control, Media media, Tally tally)
      throws IOException {
    RelayedCall call = new RelayedCall(name, media, tally);
    try {
      String answer = call.page.answer(control.offer(name, call.phone.offer()));
      call.phone.accept(control.answer(name, answer));
      return call;
    } catch (IOException | RuntimeException e) {
      call.close();
      throw e;
    }
  }

  private void onHeard() {
    if (heard.incrementAndGet() == BOTH) {
      phone.settle(true);
      page.settle(true);
    }
  }

  boolean isUp() {
    return heard.get() >= BOTH;
  }

  /** Silence, and nothing kept at rtpengine. */
  void end(RtpengineControl control) throws IOException {
    close();
    control.delete(name);
  }

  private void close() {
    phone.close();
    page.close();
  }
}
