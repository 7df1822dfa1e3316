package org.ringdown.gateway.call;

/** The two sides of a call. */
public enum Side {
  /** Who began the call. */
  CALLER,
  /** Who is called: one leg, or a fork of several until one has answered. */
  CALLEE;

  /** The side across. */
  public Side other() {
    return this == CALLER ? CALLEE : CALLER;
  }
}
