package org.ringdown.webrtc.media;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.media.PeerTransport.State;

/**
 * Where one path stands: the state machine of {@link PeerTransport.State}, without I/O and clock.
 *
 * <pre>
 *   NEW --check--> CONNECTING --secured--> CONNECTED
 *    |               |  ^   \               |  ^
 *    |          silence  heard \       silence  heard
 *    |               v  |       \           v  |
 *    |               LOST      (none for long) LOST
 *    +--no check--> ICE_FAILED    +--> DTLS_FAILED          from anywhere: CLOSED
 *                       ^--(LOST for too long)
 * </pre>
 *
 * ICE_FAILED, DTLS_FAILED and CLOSED are final. Not thread-safe; times are nanoseconds of one
 * monotonic clock.
 */
final class PathProgress {
  private final long consentNanos;
  private final long lostNanos;
  private final long iceNanos;
  private State state = State.NEW;
  private boolean secured;
  private @Nullable Long connectedAt;
  private @Nullable Long firstCheckAt;
  private @Nullable PathFailure failure;

  /**
   * @param consent how much silence is too much (RFC 7675)
   * @param lost how much more of it is the end
   * @param ice how long to wait for the first check, and then as long again for the handshake
   */
  PathProgress(Duration consent, Duration lost, Duration ice) {
    consentNanos = consent.toNanos();
    lostNanos = lost.toNanos();
    iceNanos = ice.toNanos();
  }

  static PathProgress with(PeerTransports.Config config) {
    return new PathProgress(config.consentTimeout(), config.lostTimeout(), config.iceTimeout());
  }

  State state() {
    return state;
  }

  /**
   * What has come of the peer besides good checks.
   *
   * @param onlyRelays whether it has named no way to it but by TURN
   */
  record Seen(boolean refusedChecks, boolean dtls, boolean onlyRelays) {}

  /** Why it failed; null if it did not. */
  @Nullable PathFailure failure() {
    return failure;
  }

  boolean isFinal() {
    return state == State.ICE_FAILED || state == State.DTLS_FAILED || state == State.CLOSED;
  }

  /** The peer's description is known. */
  void described(long now) {
    if (connectedAt == null) {
      connectedAt = now;
    }
  }

  /** A good check or an authentic packet has come. */
  void heard(long now) {
    if (firstCheckAt == null) {
      firstCheckAt = now;
    }
    if (state == State.NEW || state == State.LOST) {
      state = secured ? State.CONNECTED : State.CONNECTING;
    }
  }

  /** The handshake is done and the fingerprint verified. */
  void secured() {
    secured = true;
    if (state == State.CONNECTING) {
      state = State.CONNECTED;
    }
  }

  /** The peer has a new certificate: another handshake is needed. */
  void unsecured(long now) {
    secured = false;
    connectedAt = now;
    if (state == State.CONNECTED) {
      state = State.CONNECTING;
    }
  }

  /** The path cannot come up any more. */
  void failed(PathFailure why) {
    if (!isFinal()) {
      state =
          switch (why) {
            case NO_CHECK, NO_CHECK_BY_RELAY, OTHER_CREDENTIALS, NO_WAY_BACK, NOT_BACK ->
                State.ICE_FAILED;
            case HANDSHAKE_TIMEOUT, HANDSHAKE, FINGERPRINT -> State.DTLS_FAILED;
          };
      failure = why;
    }
  }

  void closed() {
    state = State.CLOSED;
  }

  /**
   * Time has passed.
   *
   * @param heardAt when the peer was last heard
   * @param seen what else has come of it
   */
  void tick(long now, long heardAt, Seen seen) {
    if (state == State.NEW && past(connectedAt, now)) {
      failed(withoutCheck(seen));
    } else if (state == State.CONNECTING && past(connectedAt, now) && past(firstCheckAt, now)) {
      failed(seen.dtls() ? PathFailure.HANDSHAKE_TIMEOUT : PathFailure.NO_WAY_BACK);
    } else if (state == State.CONNECTING || state == State.CONNECTED) {
      if (now - heardAt > consentNanos) {
        state = State.LOST;
      }
    } else if (state == State.LOST && now - heardAt - consentNanos > lostNanos) {
      failed(PathFailure.NOT_BACK);
    }
  }

  private static PathFailure withoutCheck(Seen seen) {
    if (seen.refusedChecks()) {
      return PathFailure.OTHER_CREDENTIALS;
    }
    return seen.onlyRelays() ? PathFailure.NO_CHECK_BY_RELAY : PathFailure.NO_CHECK;
  }

  private boolean past(@Nullable Long since, long now) {
    return since != null && now - since > iceNanos;
  }
}
