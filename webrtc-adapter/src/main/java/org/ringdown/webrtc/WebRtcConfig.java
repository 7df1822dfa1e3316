package org.ringdown.webrtc;

import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link WebRtcEndpoint} is set up.
 *
 * @param http where to listen for plain HTTP and {@code ws:}; null for nowhere
 * @param https where to listen for HTTPS and {@code wss:}; null for nowhere
 * @param keyStore a PKCS#12 file with the HTTPS certificate; null makes a self-signed one
 * @param keyStorePassword its password, empty for none
 * @param certificateHosts the names and addresses that a self-signed certificate is made for
 * @param allowedOrigins origins that may open a WebSocket besides the gateway's own
 * @param grace how long what a page has outlives its socket
 * @param pingInterval how often a socket is pinged; two silent ones end it
 * @param limits how much one page, user or address may have
 * @param expiry what happens when a token expires
 * @param iceServers what {@code welcome} hands out to a user, as RTCIceServer objects; asked anew
 *     for each, as credentials may be limited in time. Safe from any thread
 */
public record WebRtcConfig(
    @Nullable InetSocketAddress http,
    @Nullable InetSocketAddress https,
    @Nullable Path keyStore,
    String keyStorePassword,
    ImmutableList<String> certificateHosts,
    ImmutableList<String> allowedOrigins,
    Grace grace,
    Duration pingInterval,
    Limits limits,
    Expiry expiry,
    Function<String, ImmutableList<IceServer>> iceServers) {
  /**
   * How long a page without a socket is waited for.
   *
   * @param resume how long its session waits, and its calls if the connection broke
   * @param reload how long its calls wait if the page itself went away, as at a reload (close code
   *     1001); as {@code resume} if that is shorter
   */
  public record Grace(Duration resume, Duration reload) {}

  /**
   * How much there may be.
   *
   * @param maxFrameBytes the largest text frame accepted
   * @param callsPerSession how many calls one session may have at once
   * @param callsPerUser how many calls all sessions of a user may have at once
   * @param sessionsPerUser how many sessions a user may have, each with one socket at most
   * @param socketsPerAddress how many sockets may come from one address (IPv6: from one /64)
   * @param messagesPerSecond how many messages a socket may send, with two seconds' worth at once
   */
  public record Limits(
      int maxFrameBytes,
      int callsPerSession,
      int callsPerUser,
      int sessionsPerUser,
      int socketsPerAddress,
      int messagesPerSecond) {}

  /**
   * The end of a sign-in by token that is not renewed.
   *
   * @param notice how long before it the page is told
   * @param callsGoOn whether calls may be ended by those who have them; then the session ends with
   *     the last of them, and no call begins meanwhile
   */
  public record Expiry(Duration notice, boolean callsGoOn) {}

  /** An RTCIceServer. */
  public record IceServer(
      ImmutableList<String> urls, @Nullable String username, @Nullable String credential) {}
}
