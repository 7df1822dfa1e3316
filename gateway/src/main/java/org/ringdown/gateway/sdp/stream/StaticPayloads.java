package org.ringdown.gateway.sdp.stream;

import java.util.Optional;

/** Payload types that mean something without an {@code rtpmap} (RFC 3551 section 6). */
public final class StaticPayloads {
  private StaticPayloads() {}

  /** As an {@code rtpmap} would say it, {@code PCMU/8000}; empty if the number means nothing. */
  public static Optional<String> encoding(int payloadType) {
    return Optional.ofNullable(
        switch (payloadType) {
          case 0 -> "PCMU/8000";
          case 3 -> "GSM/8000";
          case 4 -> "G723/8000";
          case 8 -> "PCMA/8000";
          case 9 -> "G722/8000";
          case 13 -> "CN/8000";
          case 15 -> "G728/8000";
          case 18 -> "G729/8000";
          case 26 -> "JPEG/90000";
          case 31 -> "H261/90000";
          case 34 -> "H263/90000";
          default -> null;
        });
  }
}
