package org.ringdown.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.reader.ConfigLoader;

final class PortsTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @TempDir private Path directory = Path.of("");

  @Test
  void everyPortThatIsTakenIsNamedWithItsSetting() throws Exception {
    try (DatagramSocket udp = new DatagramSocket(0, HERE);
        ServerSocket tcp = new ServerSocket(0, 1, HERE)) {
      int sip = udp.getLocalPort();
      int web = tcp.getLocalPort();

      assertThat(Ports.faults(listening("udp:127.0.0.1:" + sip, "127.0.0.1:" + web)))
          .hasSize(2)
          .anySatisfy(fault -> assertThat(fault).startsWith("sip.listen: UDP 127.0.0.1:" + sip))
          .anySatisfy(fault -> assertThat(fault).startsWith("web.http: TCP 127.0.0.1:" + web));
    }
  }

  @Test
  void freePortsAreNoFault() throws Exception {
    assertThat(Ports.faults(listening("tcp:127.0.0.1:0", "127.0.0.1:0"))).isEmpty();
  }

  private GatewayConfig listening(String sip, String http) throws Exception {
    String yaml =
        """
        sip: { listen: ["%s"] }
        web: { http: "%s", https: null }
        media: { listen: "127.0.0.1:0" }
        admin: { listen: null }
        """
            .formatted(sip, http);
    Path file = Files.writeString(directory.resolve("gateway.yaml"), yaml);
    return ConfigLoader.load(file, name -> null);
  }
}
