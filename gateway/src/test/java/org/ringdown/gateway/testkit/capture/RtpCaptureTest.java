package org.ringdown.gateway.testkit.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Bytes;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.sound.TimedPacket;

/** What is found of RTP in captures, and what is said of files that are none. */
class RtpCaptureTest {
  private static final byte[] FIRST = Pcaps.packet(8, 1, 0x1A2B3C4D, new byte[160]);
  private static final byte[] SECOND = Pcaps.packet(8, 2, 0x1A2B3C4D, new byte[160]);
  private static final byte[] OTHER = Pcaps.packet(0, 1, 0x0BADCAFE, new byte[160]);
  private static final byte[] RTCP = Pcaps.packet(200 & 0x7F, 1, 0x1A2B3C4D, new byte[16]);

  @TempDir private Path directory = Path.of("");

  private Path file() {
    return directory.resolve("call.pcap");
  }

  private static byte[] onIpv4(byte[] rtp) {
    return Pcaps.ipv4(Pcaps.udp(6000, 6002, rtp));
  }

  private static void assertBothPackets(Path file) throws IOException {
    RtpCapture capture = RtpCapture.read(file, Optional.empty());

    assertThat(capture.packets())
        .extracting(TimedPacket::at)
        .containsExactly(Duration.ZERO, Duration.ofMillis(20));
    assertThat(capture.packets().get(1).packet().array()).isEqualTo(SECOND);
    assertThat(capture).hasToString("2 packets of payload type 8, 0.0 s");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 02000000",
    "1, 0102030405060708090A0B0C0800",
    "1, 0102030405060708090A0B0C8100000A0800",
    "12, ''",
    "101, ''",
    "108, 00000002",
    "113, 00000001000600000000000000000800",
    "228, ''",
    "276, 0800000000000001000100060000000000000000",
  })
  void rtpIsFoundOnEveryLink(int linkType, String header) throws IOException {
    byte[] before = HexFormat.of().parseHex(header);
    List<byte[]> frames =
        List.of(
            Bytes.concat(before, onIpv4(FIRST)),
            before, // a frame with nothing in it
            Bytes.concat(before, onIpv4(SECOND)));

    RtpCapture capture = RtpCapture.read(Pcaps.write(file(), linkType, frames), Optional.empty());

    assertThat(capture.packets())
        .extracting(TimedPacket::at)
        .containsExactly(Duration.ZERO, Duration.ofMillis(40));
    assertThat(capture.packets().get(1).packet().array()).isEqualTo(SECOND);
  }

  @Test
  void bothByteOrdersAndBothVersionsOfIpAreRead() throws IOException {
    List<byte[]> frames = List.of(onIpv4(FIRST), Pcaps.ipv6(Pcaps.udp(6000, 6002, SECOND)));

    assertBothPackets(Pcaps.write(file(), ByteOrder.BIG_ENDIAN, 101, frames));
    assertBothPackets(Pcaps.write(file(), ByteOrder.LITTLE_ENDIAN, 101, frames));
  }

  @Test
  void whatIsNoRtpIsPassedOver() throws IOException {
    byte[] dns = onIpv4("no RTP at all".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    byte[] fragment = onIpv4(FIRST);
    fragment[7] = 3;
    byte[] tcp = onIpv4(FIRST);
    tcp[9] = 6;

    assertThatThrownBy(
            () ->
                RtpCapture.read(
                    Pcaps.write(file(), 101, List.of(dns, fragment, tcp, onIpv4(RTCP))),
                    Optional.empty()))
        .hasMessage("there is no RTP in " + file());
  }

  @Test
  void oneOfSeveralStreamsIsNamed() throws IOException {
    Pcaps.rtp(file(), List.of(FIRST, OTHER, SECOND));

    assertThat(RtpCapture.read(file(), Optional.of("0x1a2b3c4d")).packets()).hasSize(2);
    assertThat(RtpCapture.read(file(), Optional.of("0xBADCAFE")).packets()).hasSize(1);
    assertThatThrownBy(() -> RtpCapture.read(file(), Optional.empty()))
        .hasMessageContaining("call.pcap has several streams; expected stream and an SSRC")
        .hasMessageContaining("0x1A2B3C4D from port 6000 to port 6002, 2 packets")
        .hasMessageContaining("0x0BADCAFE from port 6000 to port 6002, 1 packets");
    assertThatThrownBy(() -> RtpCapture.read(file(), Optional.of("0x1")))
        .hasMessageContaining("call.pcap has no stream 0x1; it has 0x1A2B3C4D");
  }

  @ParameterizedTest
  @CsvSource({
    "0A0D0D0A1C0000004D3C2B1A01000000FFFFFFFFFFFFFFFF1C000000, is a pcapng file; expected pcap",
    "D4C3B2A1, is no pcap file",
    "D4C3B2A1020004000000000000000000FFFF000069000000, was captured on a link of type 105",
    "D4C3B2A1020004000000000000000000FFFF00006500000000000000000000000900000009000000, cut off",
  })
  void aFileThatIsNoneIsToldFromOthers(String bytes, String complaint) throws IOException {
    Files.write(file(), HexFormat.of().parseHex(bytes));

    assertThatThrownBy(() -> RtpCapture.read(file(), Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("call.pcap")
        .hasMessageContaining(complaint);
  }
}
