package org.ringdown.webrtc.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SignInThrottleTest {
  private static final InetAddress ADDRESS = InetAddresses.forString("192.0.2.1");

  private Duration now = Duration.ZERO;
  private final SignInThrottle throttle =
      new SignInThrottle(
          2,
          new Ticker() {
            @Override
            public long read() {
              return now.toNanos();
            }
          });

  @Test
  void anAddressWithTooManyFailuresWaitsAMinute() {
    throttle.failed(ADDRESS);
    assertThat(throttle.allows(ADDRESS)).isTrue();
    throttle.failed(ADDRESS);
    assertThat(throttle.allows(ADDRESS)).isFalse();
    assertThat(throttle.allows(InetAddresses.forString("192.0.2.2"))).isTrue();
    now = Duration.ofSeconds(61);
    assertThat(throttle.allows(ADDRESS)).isTrue();
  }

  @Test
  void ipv6AddressesOfOneNetworkCountTogether() {
    throttle.failed(InetAddresses.forString("2001:db8::1"));
    throttle.failed(InetAddresses.forString("2001:db8::ffff:2"));
    assertThat(throttle.allows(InetAddresses.forString("2001:db8::3"))).isFalse();
    assertThat(throttle.allows(InetAddresses.forString("2001:db8:0:1::3"))).isTrue();
  }
}
