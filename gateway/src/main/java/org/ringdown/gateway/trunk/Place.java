package org.ringdown.gateway.trunk;

/**
 * The room that a call takes up on a trunk until it is closed; closing it again changes nothing.
 * Safe from any thread.
 */
public interface Place extends AutoCloseable {
  /** Of a call that takes up no room anywhere. */
  Place NONE = () -> {};

  @Override
  void close();
}
