package org.ringdown.gateway.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.routing.DialRule;
import org.ringdown.gateway.routing.ExtensionKind;
import org.ringdown.gateway.sdp.policy.DtmfMethod;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.sdp.policy.SrtpPolicy;
import org.ringdown.sip.DialogPolicy;
import org.ringdown.sip.SipConfig;
import org.ringdown.sip.SipTransport;

/**
 * Everything that can be set, as {@code conf/gateway.yaml} names it: each record is a section of
 * the file, each component a key of that name. {@link ConfigLoader} makes it from a file, {@link
 * #defaults} without one. Immutable, safe from any thread; its text shows no secret.
 *
 * @param sip the side of the phones
 * @param web the side of the browsers
 * @param media where RTP comes and goes
 * @param calls limits and patience
 * @param users who may sign in, by name; empty means that there are only {@link DemoUsers}, or
 *     those whom tokens name
 * @param extensions numbers that the gateway answers itself
 * @param trunks PBXs and carriers that calls go to and come from, by name
 * @param routes the dial plan, of which the first rule that fits decides
 * @param headers which header fields pass from and to phones and pages
 * @param admin health and status pages
 * @param exposeDemoUsers whether demo users may be reached from other machines
 */
public record GatewayConfig(
    Sip sip,
    Web web,
    Media media,
    Calls calls,
    ImmutableMap<String, User> users,
    ImmutableMap<String, ExtensionKind> extensions,
    ImmutableMap<String, Trunk> trunks,
    ImmutableList<DialRule> routes,
    Headers headers,
    Admin admin,
    boolean exposeDemoUsers) {

  /** The settings of a gateway that is started without a file: everything on loopback. */
  public static GatewayConfig defaults() {
    return new GatewayConfig(
        Sip.defaults(),
        Web.defaults(),
        Media.defaults(),
        Calls.defaults(),
        ImmutableMap.of(),
        ImmutableMap.of("9196", ExtensionKind.ECHO, "9197", ExtensionKind.TONE),
        ImmutableMap.of(),
        ImmutableList.of(),
        Headers.NONE,
        Admin.defaults(),
        false);
  }

  /**
   * Whether nobody is configured who could sign in, so that {@link DemoUsers#create} says who may
   * sign in.
   */
  public boolean hasDemoUsers() {
    return users.isEmpty() && !web.tokens().areUsed();
  }

  /**
   * The SIP side.
   *
   * @param listen where to listen; a wildcard address means each address of the machine
   * @param realm the digest realm, and the host name in the gateway's own URIs
   * @param publicAddress the host for Contact and Via instead of the local address, for a gateway
   *     behind a static NAT; null for the local one
   * @param nonceLifetime how long a digest nonce may be used (RFC 8760)
   * @param maxMessageSize the largest SIP message accepted
   * @param registration how long and how many registrations hold
   * @param scanners what becomes of those who try numbers and passwords
   * @param dialogs which extensions of SIP calls with phones use
   * @param dns who tells where names are
   * @param connections how TCP and TLS connections are kept
   * @param tls SIP over TLS
   */
  public record Sip(
      ImmutableList<SipListen> listen,
      String realm,
      @Nullable String publicAddress,
      Duration nonceLifetime,
      DataSize maxMessageSize,
      Registration registration,
      Scanners scanners,
      DialogPolicy dialogs,
      Dns dns,
      Connections connections,
      SipTls tls) {
    static Sip defaults() {
      InetSocketAddress address = loopback(5060);
      return new Sip(
          ImmutableList.of(
              new SipListen(SipTransport.UDP, address), new SipListen(SipTransport.TCP, address)),
          "ringdown",
          null,
          Duration.ofMinutes(5),
          DataSize.ofKib(16),
          Registration.defaults(),
          Scanners.defaults(),
          DialogPolicy.USUAL,
          Dns.defaults(),
          Connections.defaults(),
          SipTls.defaults());
    }
  }

  /**
   * TCP and TLS connections.
   *
   * @param max how many that others opened there may be
   * @param idleTimeout how long one may be silent
   * @param keepAlive how often to ping on those that we opened (RFC 5626 section 3.5.1)
   */
  public record Connections(int max, Duration idleTimeout, Duration keepAlive) {
    static Connections defaults() {
      SipConfig.Connections usual = SipConfig.Connections.USUAL;
      return new Connections(usual.most(), usual.idle(), usual.keepAlive());
    }
  }

  /**
   * One SIP socket.
   *
   * @param transport what it carries
   * @param address where it is bound, possibly a wildcard
   */
  public record SipListen(SipTransport transport, InetSocketAddress address) {}

  /**
   * How names of SIP servers are looked up (RFC 3263).
   *
   * @param servers DNS servers; none for those of the system
   * @param timeout how long to wait for one answer; each server is asked twice
   */
  public record Dns(ImmutableList<InetSocketAddress> servers, Duration timeout) {
    static Dns defaults() {
      return new Dns(ImmutableList.of(), Duration.ofSeconds(2));
    }
  }

  /**
   * The registrar's limits (RFC 3261 section 10.3).
   *
   * @param minExpires a phone that asks for less is refused with 423; at most one hour
   * @param defaultExpires what a phone gets that asks for nothing
   * @param maxExpires a phone that asks for more gets this
   * @param maxContacts how many contacts one user may have
   */
  public record Registration(
      Duration minExpires, Duration defaultExpires, Duration maxExpires, int maxContacts) {
    static Registration defaults() {
      return new Registration(
          Duration.ofSeconds(60), Duration.ofHours(1), Duration.ofHours(24), 10);
    }
  }

  /**
   * What becomes of a source that leaves challenges without a right answer; one that proves to be a
   * user is forgiven.
   *
   * @param slowAfter challenges above which one request a second is answered
   * @param ignoreAfter challenges above which nothing is answered
   * @param ignoreFor how long nothing is; zero for never
   * @param exempt addresses that are answered whatever they do
   */
  public record Scanners(
      int slowAfter, int ignoreAfter, Duration ignoreFor, ImmutableList<AddressRange> exempt) {
    static Scanners defaults() {
      return new Scanners(
          20,
          60,
          Duration.ofMinutes(10),
          ImmutableList.of(
              new AddressRange(InetAddresses.forString("127.0.0.0"), 8),
              new AddressRange(InetAddresses.forString("::1"), 128)));
    }
  }

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
  public record Web(
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
    static Web defaults() {
      return new Web(
          loopback(8080),
          loopback(8443),
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
    static Limits defaults() {
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
    static final Turn NONE = new Turn(ImmutableList.of(), Secret.NONE, Duration.ofHours(12));
  }

  /**
   * The media.
   *
   * @param listen the one UDP port for all browsers; a wildcard address means each interface
   * @param publicAddresses addresses to offer as candidates instead of the interfaces'
   * @param rtp the ports towards phones
   * @param phones what phones may have as media; trunks say it for themselves
   * @param ioThreads how many threads receive; 0 for one per core
   * @param iceTimeout how long a browser may take to be heard of
   * @param consentTimeout how long a browser may fall silent before its path counts as lost
   * @param silence how long without a packet before a leg counts as silent
   */
  public record Media(
      InetSocketAddress listen,
      ImmutableList<InetAddress> publicAddresses,
      Rtp rtp,
      MediaPolicy phones,
      int ioThreads,
      Duration iceTimeout,
      Duration consentTimeout,
      Duration silence) {
    static Media defaults() {
      return new Media(
          new InetSocketAddress(InetAddresses.forString("0.0.0.0"), 7078),
          ImmutableList.of(),
          Rtp.defaults(),
          new MediaPolicy(SrtpPolicy.OPTIONAL, ImmutableList.of(), DtmfMethod.AUTO),
          0,
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5));
    }
  }

  /**
   * RTP towards phones.
   *
   * @param bind the addresses the sockets are bound to: one, or one of each family
   * @param ports the ports they take, two for each leg
   * @param publicAddress the addresses to write into SDP instead, of each family; none for {@code
   *     bind} itself
   */
  public record Rtp(
      ImmutableList<InetAddress> bind, PortRange ports, ImmutableList<InetAddress> publicAddress) {
    static Rtp defaults() {
      return new Rtp(
          ImmutableList.of(InetAddresses.forString("127.0.0.1")),
          new PortRange(20000, 23999),
          ImmutableList.of());
    }

    /**
     * What phones are told of sockets bound there: the public addresses of the family, or {@code
     * bind} itself. {@code ::} is of both families.
     */
    public ImmutableList<InetAddress> placesOf(InetAddress bind) {
      boolean four = bind instanceof Inet4Address;
      boolean both = !four && bind.isAnyLocalAddress();
      ImmutableList<InetAddress> told =
          publicAddress.stream()
              .filter(address -> both || address instanceof Inet4Address == four)
              .collect(ImmutableList.toImmutableList());
      return told.isEmpty() ? ImmutableList.of(bind) : told;
    }
  }

  /**
   * Calls.
   *
   * @param setupTimeout how long the called side may give no sign of life at all
   * @param ringTimeout how long the called side may ring
   * @param maxDuration how long a call may last
   * @param maxCalls how many calls there may be at once; one more is refused as overload
   */
  public record Calls(
      Duration setupTimeout, Duration ringTimeout, Duration maxDuration, int maxCalls) {
    static Calls defaults() {
      return new Calls(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofHours(12), 1000);
    }
  }

  /**
   * Somebody who may sign in, by phone and by browser.
   *
   * @param password for both
   * @param display the name that those who are called see, empty for none
   */
  public record User(Secret password, String display) {}

  /**
   * Which header fields of a call pass between the sides of the house; trunks have their own.
   *
   * @param phones from and to phones
   * @param pages from and to pages: their {@code headers}
   */
  public record Headers(HeaderPolicy phones, HeaderPolicy pages) {
    /** Nothing passes. */
    public static final Headers NONE = new Headers(HeaderPolicy.NONE, HeaderPolicy.NONE);
  }

  /**
   * The operator's pages.
   *
   * @param listen where they are; null for nowhere
   */
  public record Admin(@Nullable InetSocketAddress listen) {
    static Admin defaults() {
      return new Admin(loopback(8081));
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddresses.forString("127.0.0.1"), port);
  }
}
