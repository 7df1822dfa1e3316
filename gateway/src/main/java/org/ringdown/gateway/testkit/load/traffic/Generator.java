package org.ringdown.gateway.testkit.load.traffic;

import java.io.IOException;
import org.ringdown.gateway.testkit.load.measure.Tally;

/**
 * Phones and pages that load a gateway, in this process or in several. One load at a time;
 * otherwise safe from any thread.
 */
public interface Generator extends AutoCloseable {
  /**
   * Registers the phones, if that is not done and the gateway is no Janus, and signs some more of
   * the pages in.
   *
   * @param pages how many
   * @param signInsPerSecond at which rate; 0 as fast as it goes
   * @return the times it took
   * @throws IOException if one of them cannot; the message says why
   */
  Tally enter(int pages, double signInsPerSecond) throws IOException, InterruptedException;

  /**
   * Makes load until its time is over and all calls have ended.
   *
   * @param ending is run when the time is over, before calls that are held are hung up
   * @throws IOException if a process of the load has ended
   */
  Tally run(Load load, Runnable ending) throws IOException, InterruptedException;

  /** Ends the load early, that which goes on or the next: no call is begun any more. */
  void stop();

  /** What has been counted so far in the load that is going on. */
  Tally tally();

  /** How many calls are up. */
  int up();

  @Override
  void close();
}
