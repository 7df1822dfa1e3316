package org.ringdown.webrtc.ice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StunMessageTest {
  private static final byte[] PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt".getBytes(UTF_8);
  private static final byte[] ID = new byte[12];

  /** RFC 5769 section 2.1. */
  static final String REQUEST =
      """
      00010058 2112a442 b7e7a701 bc34d686 fa87dfae
      80220010 5354554e 20746573 7420636c 69656e74
      00240004 6e0001ff 80290008 932ff9b1 51263b36
      00060009 6576746a 3a683676 59202020
      00080014 9aeaa70c bfd8cb56 781ef2b5 b2d3f249 c1b571a2
      80280004 e57a3bcf
      """;

  /** RFC 5769 section 2.2. */
  private static final String IPV4_RESPONSE =
      """
      0101003c 2112a442 b7e7a701 bc34d686 fa87dfae
      8022000b 74657374 20766563 746f7220
      00200008 0001a147 e112a643
      00080014 2b91f599 fd9e90c3 8c7489f9 2af9ba53 f06be7d7
      80280004 c07d4c96
      """;

  /** RFC 5769 section 2.3. */
  private static final String IPV6_RESPONSE =
      """
      01010048 2112a442 b7e7a701 bc34d686 fa87dfae
      8022000b 74657374 20766563 746f7220
      00200014 0002a147 0113a9fa a5d3f179 bc25f4b5 bed2b9d9
      00080014 a382954e 4be67bf1 1784c97c 8292c275 bfe3ed41
      80280004 c8fb0b4c
      """;

  /** RFC 5769 section 2.4. */
  private static final String LONG_TERM_REQUEST =
      """
      00010060 2112a442 78ad3433 c6ad72c0 29da412e
      00060012 e3839ee3 8388e383 aae38383 e382afe3 82b90000
      0015001c 662f2f34 39396b39 35346436 4f4c3334 6f4c3946 53547679 36347341
      0014000b 6578616d 706c652e 6f726700
      00080014 f6702465 6dd64a3e 02b8e071 2e85c9a2 8ca89666
      """;

  @Test
  void readsTheSampleRequest() throws Exception {
    StunMessage message = StunMessage.parse(bytes(REQUEST));

    assertThat(message.isRequest()).isTrue();
    assertThat(message.transactionId()).isEqualTo(bytes("b7e7a701bc34d686fa87dfae").array());
    assertThat(message.username()).hasValue("evtj:h6vY");
    assertThat(message.software()).hasValue("STUN test client");
    assertThat(message.priority()).hasValue(0x6e0001ffL);
    assertThat(message.iceControlled()).isTrue();
    assertThat(message.iceControlling()).isFalse();
    assertThat(message.useCandidate()).isFalse();
    assertThat(message.hasFingerprint()).isTrue();
    assertThat(message.unknownAttributes()).isEmpty();
    assertThat(message.integrityMatches(PASSWORD)).isTrue();
    assertThat(message.integrityMatches("another".getBytes(UTF_8))).isFalse();
    assertThat(message.integrityMatches(new byte[0])).isFalse();
  }

  @Test
  void readsTheSampleResponses() throws Exception {
    StunMessage ipv4 = StunMessage.parse(bytes(IPV4_RESPONSE));
    StunMessage ipv6 = StunMessage.parse(bytes(IPV6_RESPONSE));

    assertThat(ipv4.isSuccess()).isTrue();
    assertThat(ipv4.integrityMatches(PASSWORD)).isTrue();
    assertThat(ipv4.software()).hasValue("test vector");
    assertThat(ipv4.xorMappedAddress()).hasValue(new InetSocketAddress("192.0.2.1", 32853));
    assertThat(ipv6.integrityMatches(PASSWORD)).isTrue();
    assertThat(ipv6.xorMappedAddress())
        .hasValue(new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853));
  }

  @Test
  @SuppressWarnings("deprecation") // the long-term key is an MD5, says RFC 8489 section 18.5.1.1
  void readsTheSampleRequestWithLongTermCredentials() throws Exception {
    StunMessage message = StunMessage.parse(bytes(LONG_TERM_REQUEST));
    String user = "\u30de\u30c8\u30ea\u30c3\u30af\u30b9";

    assertThat(message.username()).hasValue(user);
    assertThat(message.realm()).hasValue("example.org");
    assertThat(message.nonce()).hasValue("f//499k954d6OL34oL9FSTvy64sA");
    assertThat(message.hasFingerprint()).isFalse();
    byte[] key = Hashing.md5().hashString(user + ":example.org:TheMatrIX", UTF_8).asBytes();
    assertThat(message.integrityMatches(key)).isTrue();
  }

  @Test
  void readsWhatItWrites() throws Exception {
    StunMessage request =
        StunMessage.parse(
            StunWriter.request(ID)
                .username("ours:theirs")
                .software("a phone")
                .priority(0xFFFF_FFFFL)
                .iceControlling(42)
                .useCandidate()
                .integrity(PASSWORD)
                .fingerprint()
                .build());

    assertThat(request.isRequest()).isTrue();
    assertThat(request.username()).hasValue("ours:theirs");
    assertThat(request.priority()).hasValue(0xFFFF_FFFFL);
    assertThat(request.iceControlling()).isTrue();
    assertThat(request.useCandidate()).isTrue();
    assertThat(request.integrityMatches(PASSWORD)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.7", "2001:db8::9", "::1", "127.0.0.1"})
  void responsesCarryAnyAddress(String address) throws Exception {
    InetSocketAddress source = new InetSocketAddress(address, 65_535);
    StunMessage request = StunMessage.parse(StunWriter.request(ID).build());
    StunMessage response =
        StunMessage.parse(StunWriter.success(request).xorMappedAddress(source).build());

    assertThat(response.isSuccess()).isTrue();
    assertThat(response.xorMappedAddress()).hasValue(source);
  }

  @Test
  void anUnknownAttributeThatMustBeUnderstoodIsNamedInTheError() throws Exception {
    StunMessage request =
        StunMessage.parse(
            StunWriter.request(ID)
                .attribute(0x7FFF, new byte[5])
                .attribute(0xC057, new byte[4])
                .attribute(0x0003, new byte[0])
                .build());
    StunMessage error =
        StunMessage.parse(StunWriter.error(request, StunError.UNKNOWN_ATTRIBUTE).build());

    assertThat(request.unknownAttributes()).containsExactly(0x7FFF, 0x0003);
    assertThat(error.isError()).isTrue();
    assertThat(error.errorCode()).hasValue(420);
    assertThat(error.unknownAttributes()).containsExactly(0x7FFF, 0x0003);
  }

  @Test
  void whatFollowsTheIntegrityCheckIsIgnored() throws Exception {
    StunMessage message =
        StunMessage.parse(
            StunWriter.request(ID)
                .username("a:b")
                .integrity(PASSWORD)
                .useCandidate()
                .fingerprint()
                .build());

    assertThat(message.useCandidate()).isFalse();
    assertThat(message.hasFingerprint()).isTrue();
    assertThat(message.integrityMatches(PASSWORD)).isTrue();
  }

  @Test
  void readsFromTheMiddleOfABufferAndMovesNothing() throws Exception {
    ByteBuffer around = ByteBuffer.allocate(200);
    around.position(30).put(bytes(REQUEST)).flip().position(30);

    assertThat(StunMessage.parse(around).username()).hasValue("evtj:h6vY");
    assertThat(around.position()).isEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0001000021",
        "00010000 2112a443 000000000000000000000000",
        "40010000 2112a442 000000000000000000000000",
        "00010004 2112a442 000000000000000000000000",
        "00010002 2112a442 000000000000000000000000 0000",
        "00010004 2112a442 000000000000000000000000 00060004",
        "00010008 2112a442 000000000000000000000000 80280004 00000000",
        "00010008 2112a442 000000000000000000000000 00080004 00000000",
        "00010008 2112a442 000000000000000000000000 80290004 00000000",
      })
  void whatIsNotOneWholeMessageIsRefused(String hex) {
    assertThatThrownBy(() -> StunMessage.parse(bytes(hex)))
        .isInstanceOf(MalformedStunException.class)
        .hasNoCause();
  }

  static ByteBuffer bytes(String hex) {
    String digits = hex.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
    return ByteBuffer.wrap(BaseEncoding.base16().decode(digits));
  }
}
