package org.ringdown.gateway.bridge.leg;

import org.ringdown.gateway.call.EndReason;

/**
 * Tells the one who wanted a transfer how it goes: {@code accepted}, any number of {@code alerted},
 * and then {@code done} or {@code failed}; or {@code failed} alone. Called on the call's executor.
 */
public interface TransferReport {
  /** The target is being called. */
  default void accepted() {}

  /** The target alerts. */
  default void alerted() {}

  /** The target has the call; the transferor's own leg is ended next. */
  default void done() {}

  /** The call is as it was. */
  default void failed(EndReason reason) {}
}
