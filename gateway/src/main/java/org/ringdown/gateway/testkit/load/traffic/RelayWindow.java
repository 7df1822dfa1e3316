package org.ringdown.gateway.testkit.load.traffic;

import org.ringdown.gateway.testkit.load.measure.Metric;
import org.ringdown.gateway.testkit.load.measure.Tally;

/**
 * The time in which a relayed packet counts. Of calls that are only held it is from when all are up
 * until they are about to end: neither setting them up nor looking into the gateway's heap is
 * relaying. Of other calls it is all of the load. For one thread.
 */
public final class RelayWindow {
  private final Tally tally;
  private final int held;
  private boolean open;

  /** The window of a load; it is shut if calls are held. */
  public RelayWindow(Load load, Tally tally) {
    this.tally = tally;
    this.held = load.concurrent();
    this.open = held == 0;
    if (!open) {
      tally.ignore(Metric.RELAY);
    }
  }

  /** Opens it once this many calls are all. */
  public void look(int up) {
    if (!open && up >= held) {
      open = true;
      tally.heed(Metric.RELAY);
    }
  }

  /** The time of the load is over. */
  public void shut() {
    if (held > 0) {
      tally.ignore(Metric.RELAY);
    }
  }
}
