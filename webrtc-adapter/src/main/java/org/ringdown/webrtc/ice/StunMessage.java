package org.ringdown.webrtc.ice;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.zip.CRC32;

/**
 * One STUN message (RFC 8489) as a view over the datagram that it came in: nothing is copied, so it
 * is good only as long as the buffer is left alone. Not thread-safe.
 */
public final class StunMessage {
  /** The fixed header. */
  static final int HEADER_BYTES = 20;

  /** What every message carries at offset 4. */
  static final int MAGIC_COOKIE = 0x2112A442;

  /** The transaction ID without the magic cookie. */
  static final int TRANSACTION_ID_BYTES = 12;

  private static final int BINDING_REQUEST = 0x0001;
  private static final int BINDING_INDICATION = 0x0011;
  private static final int BINDING_SUCCESS = 0x0101;
  private static final int BINDING_ERROR = 0x0111;
  private static final int INTEGRITY_BYTES = 20;
  private static final int MAX_USERNAME_BYTES = 513;
  private static final int NONE = -1;

  private final ByteBuffer bytes;

  private StunMessage(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads the message that fills the buffer from its position to its limit; neither is moved.
   *
   * @throws MalformedStunException if it is not one well-formed message, or its FINGERPRINT is
   *     wrong
   */
  public static StunMessage parse(ByteBuffer datagram) throws MalformedStunException {
    StunMessage message = new StunMessage(datagram.slice());
    message.requireHeader();
    message.requireAttributes();
    message.requireFingerprint();
    return message;
  }

  private void requireHeader() throws MalformedStunException {
    if (bytes.limit() < HEADER_BYTES) {
      throw new MalformedStunException("shorter than a header");
    }
    if ((bytes.get(0) & 0xC0) != 0 || bytes.getInt(4) != MAGIC_COOKIE) {
      throw new MalformedStunException("not STUN");
    }
    int length = Short.toUnsignedInt(bytes.getShort(2));
    if (length % 4 != 0 || length != bytes.limit() - HEADER_BYTES) {
      throw new MalformedStunException("wrong length");
    }
  }

  private void requireAttributes() throws MalformedStunException {
    int at = HEADER_BYTES;
    while (at < bytes.limit()) {
      // The length is a multiple of four, so that a type and length always fit here.
      if (next(at) > bytes.limit()) {
        throw new MalformedStunException("attribute runs over the end");
      }
      requireSize(type(at), length(at));
      at = next(at);
    }
  }

  private static void requireSize(int type, int length) throws MalformedStunException {
    boolean fits =
        switch (type) {
          case StunAttribute.MESSAGE_INTEGRITY -> length == INTEGRITY_BYTES;
          case StunAttribute.FINGERPRINT, StunAttribute.PRIORITY -> length == 4;
          case StunAttribute.ICE_CONTROLLED, StunAttribute.ICE_CONTROLLING -> length == 8;
          case StunAttribute.USERNAME -> length <= MAX_USERNAME_BYTES;
          default -> true;
        };
    if (!fits) {
      throw new MalformedStunException("attribute of a wrong size");
    }
  }

  private void requireFingerprint() throws MalformedStunException {
    int at = find(StunAttribute.FINGERPRINT);
    if (at == NONE) {
      return;
    }
    if (next(at) != bytes.limit()) {
      throw new MalformedStunException("FINGERPRINT is not the last attribute");
    }
    CRC32 crc = new CRC32();
    crc.update(bytes.slice(0, at));
    if (((int) crc.getValue() ^ StunAttribute.FINGERPRINT_XOR) != bytes.getInt(at + 4)) {
      throw new MalformedStunException("FINGERPRINT does not match");
    }
  }

  /** Whether this is a binding request. */
  public boolean isRequest() {
    return messageType() == BINDING_REQUEST;
  }

  /** Whether this is a binding indication, a keep-alive that wants no answer. */
  public boolean isIndication() {
    return messageType() == BINDING_INDICATION;
  }

  /** Whether this is a binding success response. */
  public boolean isSuccess() {
    return messageType() == BINDING_SUCCESS;
  }

  /** Whether this is a binding error response. */
  public boolean isError() {
    return messageType() == BINDING_ERROR;
  }

  private int messageType() {
    return Short.toUnsignedInt(bytes.getShort(0));
  }

  /** The 96-bit transaction ID, copied. */
  public byte[] transactionId() {
    byte[] id = new byte[TRANSACTION_ID_BYTES];
    bytes.get(8, id);
    return id;
  }

  /** USERNAME; in a check it is {@code ours:theirs} (RFC 8445 section 7.2.2). */
  public Optional<String> username() {
    return text(StunAttribute.USERNAME);
  }

  /** SOFTWARE, what the sender calls itself. */
  public Optional<String> software() {
    return text(StunAttribute.SOFTWARE);
  }

  /** REALM. */
  public Optional<String> realm() {
    return text(StunAttribute.REALM);
  }

  /** NONCE. */
  public Optional<String> nonce() {
    return text(StunAttribute.NONCE);
  }

  private Optional<String> text(int type) {
    int at = find(type);
    if (at == NONE) {
      return Optional.empty();
    }
    byte[] value = new byte[length(at)];
    bytes.get(at + 4, value);
    return Optional.of(new String(value, UTF_8));
  }

  /** PRIORITY, that of a peer-reflexive candidate learnt from this check, as 32 unsigned bits. */
  public OptionalLong priority() {
    int at = find(StunAttribute.PRIORITY);
    return at == NONE
        ? OptionalLong.empty()
        : OptionalLong.of(Integer.toUnsignedLong(bytes.getInt(at + 4)));
  }

  /** Whether USE-CANDIDATE nominates the pair. */
  public boolean useCandidate() {
    return find(StunAttribute.USE_CANDIDATE) != NONE;
  }

  /** Whether the sender claims the controlled role. */
  public boolean iceControlled() {
    return find(StunAttribute.ICE_CONTROLLED) != NONE;
  }

  /** Whether the sender claims the controlling role. */
  public boolean iceControlling() {
    return find(StunAttribute.ICE_CONTROLLING) != NONE;
  }

  /** Whether there is a FINGERPRINT; if so, it was found right. */
  public boolean hasFingerprint() {
    return find(StunAttribute.FINGERPRINT) != NONE;
  }

  /** Whether there is a MESSAGE-INTEGRITY, right or wrong. */
  public boolean hasIntegrity() {
    return find(StunAttribute.MESSAGE_INTEGRITY) != NONE;
  }

  /** Whether there is a MESSAGE-INTEGRITY made with this key (RFC 8489 section 14.5). */
  public boolean integrityMatches(byte[] key) {
    int at = find(StunAttribute.MESSAGE_INTEGRITY);
    return at != NONE && StunIntegrity.matches(bytes, at, key);
  }

  /** The code of an ERROR-CODE. */
  public OptionalInt errorCode() {
    int at = find(StunAttribute.ERROR_CODE);
    if (at == NONE || length(at) < 4) {
      return OptionalInt.empty();
    }
    return OptionalInt.of((bytes.get(at + 6) & 0x07) * 100 + bytes.get(at + 7));
  }

  /** XOR-MAPPED-ADDRESS, if there is a well-formed one. */
  public Optional<InetSocketAddress> xorMappedAddress() {
    int at = find(StunAttribute.XOR_MAPPED_ADDRESS);
    if (at == NONE) {
      return Optional.empty();
    }
    int family = length(at) < 8 ? 0 : bytes.get(at + 5);
    int size = family == 1 ? 4 : 16;
    if (family < 1 || family > 2 || length(at) != 4 + size) {
      return Optional.empty();
    }
    byte[] address = new byte[size];
    for (int i = 0; i < size; i++) {
      address[i] = (byte) (bytes.get(at + 8 + i) ^ bytes.get(4 + i));
    }
    int port = Short.toUnsignedInt(bytes.getShort(at + 6)) ^ (MAGIC_COOKIE >>> 16);
    return Optional.of(new InetSocketAddress(address(address), port));
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are always an address", e);
    }
  }

  /**
   * The types in an UNKNOWN-ATTRIBUTES, or those of this message that must be known and are not.
   */
  public ImmutableList<Integer> unknownAttributes() {
    ImmutableList.Builder<Integer> unknown = ImmutableList.builder();
    int listed = find(StunAttribute.UNKNOWN_ATTRIBUTES);
    if (listed != NONE) {
      for (int at = listed + 4; at + 1 < listed + 4 + length(listed); at += 2) {
        unknown.add(Short.toUnsignedInt(bytes.getShort(at)));
      }
      return unknown.build();
    }
    for (int at = HEADER_BYTES; at < bytes.limit(); at = next(at)) {
      if (StunAttribute.mustBeUnderstood(type(at)) && !StunAttribute.known(type(at))) {
        unknown.add(type(at));
      }
    }
    return unknown.build();
  }

  /**
   * Where the first attribute of this type begins. What follows MESSAGE-INTEGRITY is not covered by
   * it and must be ignored, FINGERPRINT excepted (RFC 8489 section 14.5).
   */
  private int find(int type) {
    boolean covered = true;
    for (int at = HEADER_BYTES; at < bytes.limit(); at = next(at)) {
      if (type(at) == type && (covered || type == StunAttribute.FINGERPRINT)) {
        return at;
      }
      covered &= type(at) != StunAttribute.MESSAGE_INTEGRITY;
    }
    return NONE;
  }

  private int type(int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  private int length(int at) {
    return Short.toUnsignedInt(bytes.getShort(at + 2));
  }

  private int next(int at) {
    return at + 4 + (length(at) + 3) / 4 * 4;
  }
}
