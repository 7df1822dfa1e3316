package org.ringdown.gateway.bridge.leg;

/**
 * How a side of a call holds the other.
 *
 * @param byOffer it said so by an offer
 * @param asked it has asked for it
 */
public record Hold(boolean byOffer, boolean asked) {
  /** It does not. */
  public static final Hold NONE = new Hold(false, false);

  /** Whether it does. */
  public boolean isOn() {
    return byOffer || asked;
  }
}
