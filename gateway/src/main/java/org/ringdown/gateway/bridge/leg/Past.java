package org.ringdown.gateway.bridge.leg;

/**
 * How a leg stood in the call that it comes from.
 *
 * @param isConsulted whether it comes from another call at all, and has not been told who is here
 * @param holding how it held the other side there
 * @param held how the other side held it
 */
public record Past(boolean isConsulted, Hold holding, Hold held) {
  /** Of a leg that has been called for this call. */
  public static final Past NONE = new Past(false, Hold.NONE, Hold.NONE);
}
