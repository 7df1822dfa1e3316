package org.ringdown.sip.rtp;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides where packets go and whose packets count: symmetric RTP (RFC 4961) with the protection
 * that session border controllers give.
 *
 * <ul>
 *   <li>Until a packet comes, packets go to the address of the SDP.
 *   <li>The first source is latched: behind a NAT it is the only address that works.
 *   <li>Another source is ignored as long as the latched one was heard in the last {@link #QUIET}:
 *       nobody can steal a stream that is flowing. After that silence it is latched (a NAT binding
 *       or a network that changed).
 *   <li>The address of the SDP always wins, because the signalling vouches for it.
 *   <li>A new address in the SDP un-latches. The source of before is still heard for {@link
 *       #QUIET}, but does not latch: its last packets must not draw the stream back.
 * </ul>
 *
 * Safe from any thread; packets of a latched source take no lock.
 */
final class SymmetricLatch {
  /** How long a latched source may be silent before another may take its place. */
  static final Duration QUIET = Duration.ofSeconds(2);

  private static final long QUIET_NANOS = QUIET.toNanos();

  private volatile @Nullable InetSocketAddress signalled;
  private volatile @Nullable InetSocketAddress latched;
  private volatile long heardNanos;
  private @Nullable InetSocketAddress former;
  private long unlatchedNanos;

  /** The SDP says where to send. */
  synchronized void signal(InetSocketAddress address, long nowNanos) {
    if (address.equals(signalled)) {
      return;
    }
    if (signalled != null) {
      former = latched;
      unlatchedNanos = nowNanos;
      latched = null;
    }
    signalled = address;
  }

  /** Whether a packet from this source would count. */
  boolean admits(InetSocketAddress source, long nowNanos) {
    return source.equals(latched) || mayLatch(source, nowNanos);
  }

  private synchronized boolean mayLatch(InetSocketAddress source, long nowNanos) {
    return latched == null || source.equals(signalled) || nowNanos - heardNanos >= QUIET_NANOS;
  }

  /**
   * Whether a packet from this source counts; it may latch. With encryption, only for a packet that
   * has been authenticated: anybody can send one that looks like RTP.
   */
  boolean accept(InetSocketAddress source, long nowNanos) {
    if (source.equals(latched)) {
      heardNanos = nowNanos;
      return true;
    }
    return consider(source, nowNanos);
  }

  private synchronized boolean consider(InetSocketAddress source, long nowNanos) {
    boolean vouchedFor = source.equals(signalled);
    if (latched == null) {
      if (!vouchedFor && source.equals(former) && nowNanos - unlatchedNanos < QUIET_NANOS) {
        return true;
      }
    } else if (!mayLatch(source, nowNanos)) {
      return false;
    }
    heardNanos = nowNanos;
    latched = source;
    return true;
  }

  /** Where packets go; null for nowhere. */
  @Nullable InetSocketAddress target() {
    InetSocketAddress source = latched;
    if (source != null) {
      return source;
    }
    InetSocketAddress address = signalled;
    return address == null || isNowhere(address) ? null : address;
  }

  /** {@code c=IN IP4 0.0.0.0} is the old way to say hold; Linux would send it to itself. */
  private static boolean isNowhere(InetSocketAddress address) {
    return address.isUnresolved()
        || address.getPort() == 0
        || address.getAddress().isAnyLocalAddress();
  }
}
