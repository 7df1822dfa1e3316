package org.ringdown.sip.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SymmetricLatchTest {
  private static final InetSocketAddress SDP = new InetSocketAddress("192.0.2.1", 4000);
  private static final InetSocketAddress NAT = new InetSocketAddress("198.51.100.7", 61000);
  private static final InetSocketAddress THIEF = new InetSocketAddress("203.0.113.66", 5555);
  private static final long MILLI = Duration.ofMillis(1).toNanos();
  private static final long QUIET = SymmetricLatch.QUIET.toNanos();

  private final SymmetricLatch latch = new SymmetricLatch();

  @Test
  void sendsNowhereBeforeAnythingIsKnown() {
    assertThat(latch.target()).isNull();
  }

  @Test
  void sendsToTheSdpAddressUntilAPacketComes() {
    latch.signal(SDP, 0);
    assertThat(latch.target()).isEqualTo(SDP);
  }

  @Test
  void latchesOntoTheFirstSource() {
    latch.signal(SDP, 0);
    assertThat(latch.accept(NAT, MILLI)).isTrue();
    assertThat(latch.target()).isEqualTo(NAT);
  }

  @Test
  void askingWhetherASourceWouldCountDoesNotLatchIt() {
    latch.signal(SDP, 0);
    assertThat(latch.admits(NAT, MILLI)).isTrue();
    assertThat(latch.target()).isEqualTo(SDP);
    latch.accept(NAT, MILLI);
    assertThat(latch.admits(THIEF, QUIET)).isFalse();
    assertThat(latch.admits(SDP, QUIET)).isTrue();
    assertThat(latch.admits(THIEF, QUIET + MILLI)).isTrue();
  }

  @Test
  void keepsWhatItLatchedBeforeTheFirstSdp() {
    latch.accept(NAT, 0);
    latch.signal(SDP, MILLI);
    assertThat(latch.target()).isEqualTo(NAT);
  }

  @Test
  void ignoresAnotherSourceWhileTheLatchedOneFlows() {
    latch.accept(NAT, 0);
    assertThat(latch.accept(THIEF, QUIET - 1)).isFalse();
    assertThat(latch.target()).isEqualTo(NAT);
  }

  @Test
  void latchesAnotherSourceAfterSilence() {
    latch.accept(NAT, 0);
    assertThat(latch.accept(THIEF, QUIET)).isTrue();
    assertThat(latch.target()).isEqualTo(THIEF);
  }

  @Test
  void givesTheSdpAddressThePreferenceAtAnyTime() {
    latch.signal(SDP, 0);
    latch.accept(THIEF, 0);
    assertThat(latch.accept(SDP, MILLI)).isTrue();
    assertThat(latch.target()).isEqualTo(SDP);
    assertThat(latch.accept(THIEF, 2 * MILLI)).isFalse();
  }

  @Test
  void staysLatchedWhenTheSameSdpComesAgain() {
    latch.signal(SDP, 0);
    latch.accept(NAT, 0);
    latch.signal(new InetSocketAddress("192.0.2.1", 4000), MILLI);
    assertThat(latch.target()).isEqualTo(NAT);
  }

  @Test
  void lastPacketsOfTheFormerSourceDoNotDrawANewSdpAddressBack() {
    latch.accept(NAT, 0);
    latch.signal(SDP, 0);
    InetSocketAddress moved = new InetSocketAddress("192.0.2.9", 4000);
    latch.signal(moved, MILLI);
    assertThat(latch.accept(NAT, 2 * MILLI)).isTrue();
    assertThat(latch.target()).isEqualTo(moved);
    assertThat(latch.accept(moved, 3 * MILLI)).isTrue();
    assertThat(latch.accept(NAT, 4 * MILLI)).isFalse();
  }

  @Test
  void formerSourceLatchesAgainIfTheNewAddressStaysSilent() {
    latch.accept(NAT, 0);
    latch.signal(SDP, 0);
    latch.signal(new InetSocketAddress("10.0.0.5", 4000), 0);
    assertThat(latch.accept(NAT, QUIET)).isTrue();
    assertThat(latch.target()).isEqualTo(NAT);
  }

  @Test
  void sendsNowhereForTheHoldAddressOfOldPhones() {
    latch.signal(new InetSocketAddress("0.0.0.0", 4000), 0);
    assertThat(latch.target()).isNull();
  }
}
