package org.ringdown.gateway.testkit.load.traffic;

import org.ringdown.gateway.testkit.load.measure.Metric;
import org.ringdown.gateway.testkit.load.measure.Tally;

/** When what happened in one call, as {@link System#nanoTime} has it; 0 for not yet. */
final class Moments {
  private long begun;
  private long offered;
  private long answered;
  private long connected;
  private long phoneHeard;
  private long pageHeard;

  void begun(long nanos) {
    begun = nanos;
  }

  void offered(long nanos) {
    offered = nanos;
  }

  void answered(long nanos) {
    answered = nanos;
  }

  boolean connected(long nanos) {
    boolean first = connected == 0;
    connected = first ? nanos : connected;
    return first;
  }

  void phoneHeard(long nanos) {
    phoneHeard = nanos;
  }

  void pageHeard(long nanos) {
    pageHeard = nanos;
  }

  boolean isConnected() {
    return connected != 0;
  }

  boolean isHeard() {
    return phoneHeard != 0 && pageHeard != 0;
  }

  /** What did not come, for a call that was not set up in time. */
  String missing() {
    if (offered == 0) {
      return "the call did not reach the callee";
    }
    if (connected == 0) {
      return "the answer did not reach the caller";
    }
    return phoneHeard == 0
        ? pageHeard == 0 ? "neither side heard the other" : "the phone heard nothing"
        : "the page heard nothing";
  }

  void tell(Tally tally) {
    tally.took(Metric.OFFER, offered - begun);
    tally.took(Metric.ANSWER, connected - answered);
    tally.took(Metric.SETUP, offered - begun + connected - answered);
    if (isHeard()) {
      tally.took(Metric.MEDIA, Math.max(phoneHeard, pageHeard) - answered);
    }
  }
}
