package org.ringdown.sip.socket;

import java.time.Duration;

/**
 * How long a TCP or TLS connection may do nothing of use, and how many there may be. Immutable,
 * safe from any thread.
 *
 * @param most how many that others opened there may be
 * @param handshake how long TLS may take to begin
 * @param silence how long who connects may say nothing at all
 * @param idle how long nothing may be said on it
 * @param stuck how long the peer may not take what we say
 * @param ping how often to ping on connections that we opened (RFC 5626 section 4.4.1)
 * @param pong how long the answer may take, of a peer that has answered before
 */
public record ConnectionLimits(
    int most,
    Duration handshake,
    Duration silence,
    Duration idle,
    Duration stuck,
    Duration ping,
    Duration pong) {

  /** The usual patience with handshakes and with silent, stuck and mute peers. */
  public static ConnectionLimits of(int most, Duration idle, Duration ping) {
    return new ConnectionLimits(
        most,
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        idle,
        Duration.ofSeconds(20),
        ping,
        Duration.ofSeconds(10));
  }
}
