package org.ringdown.gateway.media.leg;

import java.security.SecureRandom;
import java.util.function.Function;
import org.ringdown.webrtc.media.PeerTransport;

/** Makes the gateway's ends of legs. Safe from any thread. */
public final class LegFactory {
  private final PhonePorts phones;
  private final Function<PeerTransport.Listener, PeerTransport> transports;
  private final Timing timing;
  private final SecureRandom random = new SecureRandom();

  /**
   * A factory. Ports and transports stay their owner's.
   *
   * @param phones where phones' media come in
   * @param transports makes the path to a browser
   */
  public LegFactory(
      PhonePorts phones,
      Function<PeerTransport.Listener, PeerTransport> transports,
      Timing timing) {
    this.phones = phones;
    this.transports = transports;
    this.timing = timing;
  }

  /** The gateway's end of a leg, in the leg's dialect. */
  public MediaLeg leg(LegRef ref, MediaListener listener) {
    return ref.dialect() == Dialect.PLAIN
        ? new PlainLeg(ref, listener, phones, timing, random)
        : new BrowserLeg(ref, listener, transports, timing);
  }
}
