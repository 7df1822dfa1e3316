package org.ringdown.webrtc;

import java.net.InetAddress;
import org.ringdown.webrtc.signaling.SignInThrottle;
import org.ringdown.webrtc.signaling.Tally;

/**
 * What is counted by address, whoever signs in: sockets and failed sign-ins. Safe from any thread.
 */
final class Visitors {
  private final Tally sockets;
  private final SignInThrottle signIns;

  Visitors(SessionSettings settings) {
    sockets = new Tally(settings.config().limits().socketsPerAddress());
    signIns = new SignInThrottle(settings.limits().signInsPerMinute(), settings.ticker());
  }

  /** Whether one more socket may come from this address; it is counted then. */
  boolean enter(InetAddress address) {
    return sockets.take(SignInThrottle.key(address));
  }

  /** A socket that was counted has gone. */
  void leave(InetAddress address) {
    sockets.giveBack(SignInThrottle.key(address));
  }

  SignInThrottle signIns() {
    return signIns;
  }
}
