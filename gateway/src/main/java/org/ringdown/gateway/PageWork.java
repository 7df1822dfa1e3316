package org.ringdown.gateway;

import org.ringdown.sip.work.Workers;
import org.ringdown.webrtc.PageThreads;

/** Has what pages lead to done by the same threads as everything else of a call. */
record PageWork(Workers workers) implements PageThreads {
  @Override
  public void execute(Runnable task) {
    workers.execute(task);
  }

  @Override
  public void here(Runnable task) {
    workers.here(task);
  }
}
