package org.ringdown.gateway.config;

import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The web side.
 *
 * @param http where to listen for HTTP and {@code ws:}; null for nowhere
 * @param https where to listen for HTTPS and {@code wss:}; null for nowhere
 * @param certificate the certificate of HTTPS
 * @param allowedOrigins origins that may open a WebSocket besides the gateway's own
 * @param resumeGrace how long a session outlives its socket
 * @param reloadGrace how long calls outlive a page that went away, as at a reload
 * @param pingInterval how often a socket is pinged; two unanswered pings end it
 * @param maxFrameSize the largest text frame accepted
 * @param maxCallsPerSession how many calls one page may have at once
 * @param limits how much a user, an address and a socket may have
 * @param tokens sign-in by JWT
 * @param iceServers STUN and TURN servers that pages are told of
 * @param turn a TURN server for which the gateway makes credentials
 */
public record WebSettings(
    @Nullable InetSocketAddress http,
    @Nullable InetSocketAddress https,
    Certificate certificate,
    ImmutableList<String> allowedOrigins,
    Duration resumeGrace,
    Duration reloadGrace,
    Duration pingInterval,
    DataSize maxFrameSize,
    int maxCallsPerSession,
    Limits limits,
    Tokens tokens,
    ImmutableList<IceServer> iceServers,
    Turn turn) {
  /** The settings of a gateway that is started without a file. */
  public static WebSettings defaults() {
    return new WebSettings(
        GatewayConfig.loopback(8080),
        GatewayConfig.loopback(8443),
        Certificate.SELF_SIGNED,
        ImmutableList.of(),
        Duration.ofSeconds(60),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        DataSize.ofKib(64),
        8,
        Limits.defaults(),
        Tokens.NONE,
        ImmutableList.of(),
        Turn.NONE);
  }

  /**
   * What keeps one page from taking what others need.
   *
   * @param sessionsPerUser how many pages of one user may be signed in
   * @param callsPerUser how many calls all pages of one user may have at once
   * @param socketsPerAddress how many sockets may come from one address
   * @param messagesPerSecond how fast one page may talk
   */
  public record Limits(
      int sessionsPerUser, int callsPerUser, int socketsPerAddress, int messagesPerSecond) {
    /** What holds where nothing else is set. */
    public static Limits defaults() {
      return new Limits(50, 50, 500, 50);
    }
  }

  /**
   * A certificate with its key, in a PKCS#12 file.
   *
   * @param file where it is; null to make a self-signed one
   * @param password what it is locked with
   */
  public record Certificate(@Nullable Path file, Secret password) {
    static final Certificate SELF_SIGNED = new Certificate(null, Secret.NONE);
  }

  /**
   * An RTCIceServer for the pages.
   *
   * @param urls {@code stun:}, {@code turn:} or {@code turns:} URLs, at least one
   * @param username for TURN, or null
   * @param credential for TURN, or null
   */
  public record IceServer(
      ImmutableList<String> urls, @Nullable String username, @Nullable Secret credential) {}

  /**
   * A TURN server that shares a secret with the gateway: each page gets credentials of its own that
   * hold for a while.
   *
   * @param urls {@code turn:} or {@code turns:} URLs; empty for no such server
   * @param secret what it is told as {@code static-auth-secret}
   * @param lifetime how long a page's credentials hold
   */
  public record Turn(ImmutableList<String> urls, Secret secret, Duration lifetime) {
    /** No such server. */
    public static final Turn NONE = new Turn(ImmutableList.of(), Secret.NONE, Duration.ofHours(12));
  }
}
