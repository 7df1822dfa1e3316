package org.ringdown.gateway.testkit.load.media;

/** The media of one end of a call. Safe from any thread. */
public interface End extends AutoCloseable {
  /** An offer. */
  String offer();

  /**
   * The answer to an offer; begins to connect.
   *
   * @throws IllegalArgumentException if the offer is no use
   */
  String answer(String offer);

  /**
   * Takes the answer to our offer; begins to connect.
   *
   * @throws IllegalArgumentException if it is no use
   */
  void accept(String answer);

  /** One more candidate of the other side, without {@code candidate:}. */
  void candidate(String line);

  /** Both ends hear each other: goes on with a packet every 20 ms, or with none. */
  void settle(boolean goOn);

  /** Sends nothing any more. */
  void fallSilent();

  @Override
  void close();
}
