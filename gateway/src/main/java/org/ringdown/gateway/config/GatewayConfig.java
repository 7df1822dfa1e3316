package org.ringdown.gateway.config;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.routing.DialRule;
import org.ringdown.gateway.routing.ExtensionKind;

/**
 * Everything that can be set, as {@code conf/gateway.yaml} names it: each record is a section of
 * the file, each component a key of that name. {@code reader.ConfigLoader} makes it from a file,
 * {@link #defaults} without one. Immutable, safe from any thread; its text shows no secret.
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
    SipSettings sip,
    WebSettings web,
    MediaSettings media,
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
        SipSettings.defaults(),
        WebSettings.defaults(),
        MediaSettings.defaults(),
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
   * Calls.
   *
   * @param setupTimeout how long the called side may give no sign of life at all
   * @param ringTimeout how long the called side may ring
   * @param maxDuration how long a call may last
   * @param maxCalls how many calls there may be at once; one more is refused as overload
   */
  public record Calls(
      Duration setupTimeout, Duration ringTimeout, Duration maxDuration, int maxCalls) {
    /** What holds where nothing else is set. */
    public static Calls defaults() {
      return new Calls(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofHours(12), 1000);
    }
  }

  /**
   * Somebody who may sign in, by phone and by browser.
   *
   * @param password for both
   * @param display the name that those who are called see, empty for none
   * @param pickup the group whose members may take each other's ringing calls; empty for none
   */
  public record User(Secret password, String display, String pickup) {
    /** Somebody whose ringing calls nobody else takes. */
    public User(Secret password, String display) {
      this(password, display, "");
    }
  }

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
    /** What holds where nothing else is set. */
    public static Admin defaults() {
      return new Admin(loopback(8081));
    }
  }

  static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddresses.forString("127.0.0.1"), port);
  }
}
