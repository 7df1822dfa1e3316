package org.ringdown.sip.stack;

import gov.nist.javax.sip.stack.timers.DefaultSipTimer;

/**
 * JAIN-SIP's own timer, with an end that nobody waits for: when a stack is stopped JAIN-SIP closes
 * its sockets, stops the timer, and then sleeps for a second before it clears its tables.
 * Interrupted, it does so at once. For {@link JainStack} alone; public because JAIN-SIP makes it.
 */
public final class StackTimer extends DefaultSipTimer {
  /** As JAIN-SIP calls it. */
  public StackTimer() {}

  @Override
  public void stop() {
    super.stop();
    Thread.currentThread().interrupt();
  }
}
