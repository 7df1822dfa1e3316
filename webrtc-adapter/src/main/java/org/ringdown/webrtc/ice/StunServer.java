package org.ringdown.webrtc.ice;

import com.google.common.util.concurrent.RateLimiter;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Answers plain binding requests, those without a user name (RFC 8489 section 12), so that the port
 * is a STUN server too. Its rate is bounded, because the source of such a request may be forged.
 * Safe from any thread.
 */
public final class StunServer {
  private final RateLimiter rate;

  /**
   * @param perSecond how many requests are answered
   */
  public StunServer(double perSecond) {
    rate = RateLimiter.create(perSecond);
  }

  /** The response to a request, or nothing if there were too many. */
  public Optional<ByteBuffer> answer(StunMessage request, Path path) {
    if (!rate.tryAcquire()) {
      return Optional.empty();
    }
    StunWriter response =
        request.unknownAttributes().isEmpty()
            ? StunWriter.success(request).xorMappedAddress(path.remote())
            : StunWriter.error(request, StunError.UNKNOWN_ATTRIBUTE);
    return Optional.of(
        request.hasFingerprint() ? response.fingerprint().build() : response.build());
  }
}
