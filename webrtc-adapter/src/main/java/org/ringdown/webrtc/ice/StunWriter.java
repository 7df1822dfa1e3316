package org.ringdown.webrtc.ice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes one STUN message (RFC 8489), attribute after attribute in the order of the calls. {@link
 * #integrity} comes last but for {@link #fingerprint}. Not thread-safe.
 */
public final class StunWriter {
  /** What need not be fragmented on any path (RFC 8489 section 6.1). */
  private static final int MAX_BYTES = 548;

  private final ByteBuffer out = ByteBuffer.allocate(MAX_BYTES);

  private StunWriter(int type, byte[] transactionId) {
    out.putShort((short) type)
        .putShort((short) 0)
        .putInt(StunMessage.MAGIC_COOKIE)
        .put(transactionId);
  }

  /** A binding request with a 96-bit transaction ID. */
  public static StunWriter request(byte[] transactionId) {
    return new StunWriter(0x0001, transactionId);
  }

  /** A binding indication with a 96-bit transaction ID. */
  public static StunWriter indication(byte[] transactionId) {
    return new StunWriter(0x0011, transactionId);
  }

  /** The success response to a request. */
  public static StunWriter success(StunMessage request) {
    return new StunWriter(0x0101, request.transactionId());
  }

  /** The error response to a request; 420 lists what was not understood. */
  public static StunWriter error(StunMessage request, StunError error) {
    StunWriter writer = new StunWriter(0x0111, request.transactionId());
    byte[] reason = error.reason().getBytes(UTF_8);
    writer.attribute(StunAttribute.ERROR_CODE, 4 + reason.length);
    writer
        .out
        .putShort((short) 0)
        .put((byte) (error.code() / 100))
        .put((byte) (error.code() % 100))
        .put(reason);
    writer.pad();
    if (error == StunError.UNKNOWN_ATTRIBUTE) {
      writer.unknown(request.unknownAttributes());
    }
    return writer;
  }

  private void unknown(List<Integer> types) {
    List<Integer> some = types.subList(0, Math.min(types.size(), 16));
    attribute(StunAttribute.UNKNOWN_ATTRIBUTES, 2 * some.size());
    some.forEach(type -> out.putShort(type.shortValue()));
    pad();
  }

  /** XOR-MAPPED-ADDRESS: where a request came from. */
  public StunWriter xorMappedAddress(InetSocketAddress address) {
    byte[] plain = address.getAddress().getAddress();
    attribute(StunAttribute.XOR_MAPPED_ADDRESS, 4 + plain.length);
    out.putShort((short) (plain.length == 4 ? 1 : 2))
        .putShort((short) (address.getPort() ^ (StunMessage.MAGIC_COOKIE >>> 16)));
    for (int i = 0; i < plain.length; i++) {
      out.put((byte) (plain[i] ^ out.get(4 + i)));
    }
    return this;
  }

  /** USERNAME. */
  public StunWriter username(String username) {
    return text(StunAttribute.USERNAME, username);
  }

  /** SOFTWARE. */
  public StunWriter software(String name) {
    return text(StunAttribute.SOFTWARE, name);
  }

  /** PRIORITY, 32 unsigned bits. */
  public StunWriter priority(long priority) {
    attribute(StunAttribute.PRIORITY, 4);
    out.putInt((int) priority);
    return this;
  }

  /** USE-CANDIDATE. */
  public StunWriter useCandidate() {
    attribute(StunAttribute.USE_CANDIDATE, 0);
    return this;
  }

  /** ICE-CONTROLLING with its tie-breaker. */
  public StunWriter iceControlling(long tieBreaker) {
    attribute(StunAttribute.ICE_CONTROLLING, 8);
    out.putLong(tieBreaker);
    return this;
  }

  /** ICE-CONTROLLED with its tie-breaker. */
  public StunWriter iceControlled(long tieBreaker) {
    attribute(StunAttribute.ICE_CONTROLLED, 8);
    out.putLong(tieBreaker);
    return this;
  }

  /** Any attribute, its value as it is. */
  StunWriter attribute(int type, byte[] value) {
    attribute(type, value.length);
    out.put(value);
    return pad();
  }

  /** MESSAGE-INTEGRITY over everything so far. */
  public StunWriter integrity(byte[] key) {
    int at = out.position();
    byte[] mac = StunIntegrity.compute(out, at, key);
    attribute(StunAttribute.MESSAGE_INTEGRITY, mac.length);
    out.put(mac);
    return this;
  }

  /** FINGERPRINT over everything so far; nothing may follow. */
  public StunWriter fingerprint() {
    int at = out.position();
    attribute(StunAttribute.FINGERPRINT, 4);
    setLength(at + 8);
    CRC32 crc = new CRC32();
    crc.update(out.slice(0, at));
    out.putInt((int) crc.getValue() ^ StunAttribute.FINGERPRINT_XOR);
    return this;
  }

  /** The message, ready to be sent. */
  public ByteBuffer build() {
    setLength(out.position());
    return out.flip();
  }

  private StunWriter text(int type, String text) {
    byte[] value = text.getBytes(UTF_8);
    attribute(type, value.length);
    out.put(value);
    return pad();
  }

  private void attribute(int type, int length) {
    out.putShort((short) type).putShort((short) length);
  }

  private StunWriter pad() {
    while (out.position() % 4 != 0) {
      out.put((byte) 0);
    }
    return this;
  }

  private void setLength(int end) {
    out.putShort(2, (short) (end - StunMessage.HEADER_BYTES));
  }
}
