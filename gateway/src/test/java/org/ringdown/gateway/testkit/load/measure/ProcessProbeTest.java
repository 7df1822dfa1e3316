package org.ringdown.gateway.testkit.load.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProcessProbeTest {
  private static final int MANY = 200;

  @BeforeAll
  static void onLinuxOnly() {
    assumeThat(Files.isReadable(Path.of("/proc/self/stat"))).isTrue();
  }

  private static Reading own() {
    return ProcessProbe.of(ProcessHandle.current().pid()).orElseThrow().read().orElseThrow();
  }

  @Test
  void itSeesPortsAndFilesThatAreOpened() throws Exception {
    Reading before = own();
    List<DatagramSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < MANY; i++) {
        sockets.add(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
      }

      Reading after = own();

      assertThat(after.ports() - before.ports()).isBetween(MANY - 20, MANY + 20);
      assertThat(after.files() - before.files()).isBetween(MANY - 20, MANY + 20);
    } finally {
      sockets.forEach(DatagramSocket::close);
    }
  }

  @Test
  void itSeesWhatAJavaMachineUses() {
    Reading reading = own();

    assertThat(reading.cpuSeconds()).isPositive();
    assertThat(reading.memoryKiB()).isGreaterThan(20_000);
    assertThat(reading.threads()).isGreaterThan(3);
  }

  @Test
  void cpuIsTheShareOfOneCore() {
    Reading before = new Reading(0, 10, 0, 0, 0, 0);
    Reading after = new Reading(2_000_000_000, 13, 0, 0, 0, 0);

    assertThat(after.cpuPercentSince(before)).isEqualTo(150);
    assertThat(before.cpuPercentSince(before)).isZero();
  }

  @Test
  void thereIsNothingToSeeOfAProcessThatIsNotThere() {
    assertThat(ProcessProbe.of(Integer.MAX_VALUE)).isEmpty();
  }
}
