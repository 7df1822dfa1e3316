package org.ringdown.webrtc.client;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.concurrent.ScheduledExecutorService;
import org.ringdown.webrtc.srtp.SrtpProfile;

/**
 * Many peer connections that share a certificate, the threads of handshakes and one reading thread,
 * so that a thousand of them cost little more than their sockets: for load. Safe from any thread.
 */
public final class WebRtcClients implements AutoCloseable {
  private final SharedReader reader;
  private final Surroundings surroundings;

  private WebRtcClients(SharedReader reader, ScheduledExecutorService timer) {
    this.reader = reader;
    SecureRandom random = new SecureRandom();
    this.surroundings =
        new Surroundings(
            Surroundings.engine(SrtpProfile.forDtls().toList(), random),
            random,
            timer,
            reader::open,
            true);
  }

  /**
   * Starts the threads; there is no socket yet.
   *
   * @param timer for repeated checks
   */
  public static WebRtcClients open(ScheduledExecutorService timer) throws IOException {
    return new WebRtcClients(SharedReader.start("webrtc-clients"), timer);
  }

  /** One more client, as {@link WebRtcClient#open}; closing it closes its socket alone. */
  public WebRtcClient client(InetAddress address, WebRtcClient.Listener listener)
      throws IOException {
    return new WebRtcClient(address, surroundings, listener);
  }

  /** Ends the threads; clients that are open hear nothing any more. */
  @Override
  public void close() {
    surroundings.engine().close();
    reader.close();
  }
}
