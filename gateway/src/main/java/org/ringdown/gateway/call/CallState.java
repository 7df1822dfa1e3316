package org.ringdown.gateway.call;

/** Where a call stands. The order is the order of life: a call never goes back. */
public enum CallState {
  /** The callee has been offered the call and has not shown a sign yet. */
  TRYING,
  /** A device of the callee alerts. */
  RINGING,
  /** The caller hears the callee's side before anybody has answered. */
  EARLY,
  /** The callee has answered; the caller has not confirmed it yet. */
  ANSWERED,
  /** Both sides know that they are in a call. */
  CONNECTED,
  /** Over; nothing happens any more. */
  ENDED
}
