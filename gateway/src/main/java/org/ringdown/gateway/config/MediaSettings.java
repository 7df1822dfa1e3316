package org.ringdown.gateway.config;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.ringdown.gateway.sdp.policy.DtmfMethod;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.sdp.policy.SrtpPolicy;

/**
 * The media.
 *
 * @param listen the one UDP port for all browsers; a wildcard address means each interface
 * @param publicAddresses addresses to offer as candidates instead of the interfaces'
 * @param rtp the ports towards phones
 * @param phones what phones may have as media; trunks say it for themselves
 * @param ioThreads how many threads receive from phones, and as many from browsers; 0 for half as
 *     many as cores
 * @param iceTimeout how long a browser may take to be heard of
 * @param consentTimeout how long a browser may fall silent before its path counts as lost
 * @param silence how long without a packet before a leg counts as silent
 */
public record MediaSettings(
    InetSocketAddress listen,
    ImmutableList<InetAddress> publicAddresses,
    Rtp rtp,
    MediaPolicy phones,
    int ioThreads,
    Duration iceTimeout,
    Duration consentTimeout,
    Duration silence) {
  /** The settings of a gateway that is started without a file. */
  public static MediaSettings defaults() {
    return new MediaSettings(
        new InetSocketAddress(InetAddresses.forString("0.0.0.0"), 7078),
        ImmutableList.of(),
        Rtp.defaults(),
        new MediaPolicy(SrtpPolicy.OPTIONAL, ImmutableList.of(), DtmfMethod.AUTO),
        0,
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5));
  }

  /**
   * How many threads receive from phones, and as many from browsers, on a machine with so many
   * cores. Together they have one core each: more of them would share the same packets among more
   * threads to wake up.
   */
  public int receivingThreads(int cores) {
    return ioThreads > 0 ? ioThreads : Math.max(1, cores / 2);
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
    /** What holds where nothing else is set. */
    public static Rtp defaults() {
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
}
