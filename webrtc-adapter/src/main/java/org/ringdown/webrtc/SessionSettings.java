package org.ringdown.webrtc;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import java.time.Duration;
import org.ringdown.webrtc.page.CallTable;
import org.ringdown.webrtc.signaling.MessageCodec;
import org.ringdown.webrtc.signaling.ServerMessage;
import org.ringdown.webrtc.signaling.SignalingSession;
import org.ringdown.webrtc.signaling.Timers;

/**
 * What sessions and connections share.
 *
 * @param timers wakes later
 * @param ticker measures how fast pages talk
 * @param executor runs sessions' tasks
 */
record SessionSettings(
    WebRtcConfig config,
    Limits limits,
    MessageCodec codec,
    Timers timers,
    Ticker ticker,
    PageThreads executor) {
  /** What greets a page. */
  ServerMessage.Welcome welcome(
      long seq,
      SessionIdentity page,
      boolean resumed,
      ImmutableList<ServerMessage.CallSummary> calls) {
    long resumeSeconds = config.grace().resume().toSeconds();
    return new ServerMessage.Welcome(
        seq,
        page.id(),
        page.resumeToken(),
        resumed,
        resumeSeconds,
        page.user(),
        iceServers(page.user()),
        calls);
  }

  private ImmutableList<ServerMessage.IceServer> iceServers(String user) {
    return config.iceServers().apply(user).stream()
        .map(ice -> new ServerMessage.IceServer(ice.urls(), ice.username(), ice.credential()))
        .collect(ImmutableList.toImmutableList());
  }

  /** What the calls of a session may do. */
  CallTable.Limits callLimits() {
    return new CallTable.Limits(config.limits().callsPerSession(), limits.answerWithin());
  }

  /**
   * Bounds that are no matter of configuration.
   *
   * @param helloTimeout how long a new socket may be silent
   * @param signInDelay how long the reply to a failed sign-in is held back
   * @param signInsPerSocket how many failed sign-ins end a socket
   * @param signInsPerMinute how many failed sign-ins an address has per minute
   * @param errorsInARow how many malformed frames in a row end a socket
   * @param silentPings how many unanswered pings in a row end a socket
   * @param maxQueuedChars how much may wait for a page that reads slowly; more than {@code memory}
   *     holds, or no replay of it would succeed
   * @param answerWithin how long a page may take to answer an offer in the middle of a call
   * @param memory what a session remembers
   */
  record Limits(
      Duration helloTimeout,
      Duration signInDelay,
      int signInsPerSocket,
      int signInsPerMinute,
      int errorsInARow,
      int silentPings,
      int maxQueuedChars,
      Duration answerWithin,
      SignalingSession.Limits memory) {
    static final Limits DEFAULT =
        new Limits(
            Duration.ofSeconds(10),
            Duration.ofMillis(500),
            3,
            20,
            10,
            2,
            2 << 20,
            Duration.ofSeconds(20),
            new SignalingSession.Limits(1_000, 1 << 20, 256));
  }
}
