package org.ringdown.webrtc;

import java.util.concurrent.Executor;

/** The threads that do the work of sessions and of their handler. */
public interface PageThreads extends Executor {
  /**
   * Deals with what a page has said on the thread that has read it; nothing else of this page is
   * read meanwhile. May do there, too, what that leads to.
   */
  default void here(Runnable task) {
    task.run();
  }
}
