package org.ringdown.sip;

import com.google.common.collect.ImmutableList;
import java.io.IOException;

/**
 * The SIP stack: owns every SIP socket, turns messages into {@link SipHandler} calls and {@link
 * SipLeg}s. Safe from any thread.
 */
public final class SipEndpoint implements AutoCloseable {
  private SipEndpoint() {}

  /**
   * Opens the sockets and starts to listen.
   *
   * @throws IOException if an address cannot be bound; nothing stays open then
   */
  public static SipEndpoint start(SipConfig config, SipHandler handler) throws IOException {
    throw new IOException("not built yet: " + config + handler);
  }

  /** What is listened on, with the real ports. */
  public ImmutableList<SipConfig.Listen> listening() {
    return ImmutableList.of();
  }

  /** Sends an INVITE; what comes of it arrives at {@code listener}, failure to send included. */
  public SipLeg dial(Dial dial, SipLeg.Listener listener) {
    throw new UnsupportedOperationException(dial + "" + listener);
  }

  /** How many legs are not over yet: zero when every call has ended. */
  public int openLegs() {
    return 0;
  }

  /** Closes every socket. Legs still open are dropped without a word: end them before. */
  @Override
  public void close() {}
}
