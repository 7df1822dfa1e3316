package org.ringdown.sip.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScannersTest {
  private static final InetAddress SCANNER = InetAddresses.forString("198.51.100.7");
  private static final InetAddress EXEMPT = InetAddresses.forString("192.0.2.1");

  private long nanos = 1;
  private final Scanners scanners =
      new Scanners(
          new ScannerLimits(20, 60, Duration.ofMinutes(10), EXEMPT::equals),
          new Ticker() {
            @Override
            public long read() {
              return nanos;
            }
          });

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private void challenge(InetAddress source, int times) {
    for (int i = 0; i < times; i++) {
      scanners.challenged(source);
    }
  }

  private boolean isIgnored(InetAddress source) {
    return scanners.ignores(source.getHostAddress());
  }

  @Test
  void aStrangerIsAdmitted() {
    assertThat(scanners.admits(SCANNER)).isTrue();
    assertThat(isIgnored(SCANNER)).isFalse();
  }

  @Test
  void aFewUnansweredChallengesChangeNothing() {
    challenge(SCANNER, 20);
    for (int i = 0; i < 100; i++) {
      assertThat(scanners.admits(SCANNER)).isTrue();
    }
  }

  @Test
  void aboveTheFirstLimitOneRequestASecondIsAdmitted() {
    challenge(SCANNER, 30);
    assertThat(scanners.admits(SCANNER)).isTrue();
    assertThat(scanners.admits(SCANNER)).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(scanners.admits(SCANNER)).isTrue();
    assertThat(scanners.view().slowedRequests()).isEqualTo(1);
  }

  @Test
  void aboveTheSecondLimitAllIsIgnoredForItsTime() {
    challenge(SCANNER, 61);
    assertThat(isIgnored(SCANNER)).isTrue();
    assertThat(scanners.view().now()).containsEntry("198.51.100.7", 601L);
    pass(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(isIgnored(SCANNER)).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(isIgnored(SCANNER)).isFalse();
    assertThat(scanners.admits(SCANNER)).isTrue();
    assertThat(scanners.view().now()).isEmpty();
  }

  @Test
  void whatIsLeftUnansweredIsForgottenWithTime() {
    for (int minute = 0; minute < 60; minute++) {
      challenge(SCANNER, 20);
      pass(Duration.ofMinutes(1));
    }
    assertThat(isIgnored(SCANNER)).isFalse();
    assertThat(scanners.admits(SCANNER)).isTrue();
    assertThat(scanners.admits(SCANNER)).isTrue();
  }

  @Test
  void aRightPasswordMakesUpForAllBefore() {
    challenge(SCANNER, 59);
    scanners.proved(SCANNER);
    challenge(SCANNER, 20);
    assertThat(scanners.admits(SCANNER)).isTrue();
    assertThat(scanners.admits(SCANNER)).isTrue();
  }

  @Test
  void anAddressOfUsersIsSlowedButNotIgnored() {
    scanners.proved(SCANNER);
    challenge(SCANNER, 500);
    assertThat(isIgnored(SCANNER)).isFalse();
    assertThat(scanners.admits(SCANNER)).isTrue();
    assertThat(scanners.admits(SCANNER)).isFalse();
    pass(Duration.ofHours(1).plusSeconds(1));
    challenge(SCANNER, 61);
    assertThat(isIgnored(SCANNER)).isTrue();
  }

  @Test
  void anIpv6NetworkIsOneSource() {
    for (int host = 1; host <= 61; host++) {
      scanners.challenged(InetAddresses.forString("2001:db8:0:1::" + Integer.toHexString(host)));
    }
    assertThat(isIgnored(InetAddresses.forString("2001:db8:0:1:ffff::1"))).isTrue();
    assertThat(isIgnored(InetAddresses.forString("2001:db8:0:2::1"))).isFalse();
  }

  @Test
  void whoIsExemptMayDoAsHeLikes() {
    challenge(EXEMPT, 1000);
    assertThat(isIgnored(EXEMPT)).isFalse();
    assertThat(scanners.admits(EXEMPT)).isTrue();
    assertThat(scanners.admits(EXEMPT)).isTrue();
  }

  @Test
  void withoutATimeToIgnoreNobodyIs() {
    Scanners off = new Scanners(ScannerLimits.NONE, Ticker.systemTicker());
    for (int i = 0; i < 1000; i++) {
      off.challenged(SCANNER);
    }
    assertThat(off.admits(SCANNER)).isTrue();
    assertThat(off.ignores("198.51.100.7")).isFalse();
    assertThat(off.ignores("")).isFalse();
  }
}
