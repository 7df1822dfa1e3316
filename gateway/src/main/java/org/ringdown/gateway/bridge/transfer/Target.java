package org.ringdown.gateway.bridge.transfer;

import org.ringdown.gateway.call.EndReason;

/** Who is to take a transferor's place. Belongs to the call's executor. */
interface Target {
  /** Calls it; what comes of it is told to a {@link Transfers}. */
  void offer();

  /** Those who ring now have had their time. */
  default void giveUp(EndReason reason) {}

  /** It is not wanted any more. Nothing is heard of it afterwards. */
  void end(EndReason reason);
}
