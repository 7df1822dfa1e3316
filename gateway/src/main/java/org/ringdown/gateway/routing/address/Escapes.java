package org.ringdown.gateway.routing.address;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent escapes of URIs (RFC 3986 section 2.1), in UTF-8. */
public final class Escapes {
  private Escapes() {}

  /** The text with every {@code %HH} decoded; empty if one is broken. */
  public static Optional<String> decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    for (int index = 0; index < encoded.length; index++) {
      if (encoded[index] != '%') {
        bytes.write(encoded[index]);
      } else {
        int value = index + 2 < encoded.length ? octet(encoded[index + 1], encoded[index + 2]) : -1;
        if (value < 0) {
          return Optional.empty();
        }
        bytes.write(value);
        index += 2;
      }
    }
    return utf8(bytes.toByteArray());
  }

  private static int octet(byte high, byte low) {
    int upper = Character.digit(high, 16);
    int lower = Character.digit(low, 16);
    return upper < 0 || lower < 0 ? -1 : upper << 4 | lower;
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
