package org.ringdown.gateway.sdp;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.line.Addresses;
import org.ringdown.gateway.sdp.line.Block;
import org.ringdown.gateway.sdp.line.MediaSection;
import org.ringdown.gateway.sdp.line.Numbers;
import org.ringdown.gateway.sdp.line.SdpLine;
import org.ringdown.gateway.sdp.line.SessionDescription;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.gateway.sdp.stream.Direction;
import org.ringdown.gateway.sdp.stream.MediaStream;
import org.ringdown.gateway.sdp.stream.StaticPayloads;

/** What both dialects say in the same way: codecs, direction, packet length. */
final class SectionReader {
  private static final int MAX_PAYLOAD_TYPE = 127;
  private static final int MAX_CLOCK_HZ = 1_000_000;
  private static final int MAX_CHANNELS = 255;
  private static final int MAX_PTIME_MS = 1_000;
  private static final Splitter SLASH = Splitter.on('/').trimResults();

  private final SessionDescription description;
  private final MediaSection section;

  SectionReader(SessionDescription description, MediaSection section) {
    this.description = description;
    this.section = section;
  }

  MediaStream stream(@Nullable String mid) {
    return new MediaStream(
        kind(), mid, direction(), codecs(), milliseconds("ptime"), milliseconds("maxptime"), null);
  }

  MediaStream.Kind kind() {
    return switch (Ascii.toLowerCase(section.line().media())) {
      case "audio" -> MediaStream.Kind.AUDIO;
      case "video" -> MediaStream.Kind.VIDEO;
      default -> MediaStream.Kind.OTHER;
    };
  }

  /** The section's own attribute, or else the session's. */
  Optional<String> attribute(String name) {
    return section.attribute(name).or(() -> description.attribute(name));
  }

  /** The address of {@code c=}; absent if there is none or it is a name. */
  Optional<InetAddress> connection() {
    return section.connection().or(description::connection).flatMap(Addresses::ofConnection);
  }

  private Direction direction() {
    return direction(section.block())
        .or(() -> direction(description.session()))
        .orElse(Direction.SENDRECV);
  }

  private static Optional<Direction> direction(Block block) {
    for (SdpLine line : block.lines()) {
      for (Direction direction : Direction.values()) {
        if (line.isAttribute(direction.attribute())) {
          return Optional.of(direction);
        }
      }
    }
    return Optional.empty();
  }

  private int milliseconds(String attribute) {
    return section
        .attribute(attribute)
        .map(value -> Math.max(0, Numbers.parse(value, MAX_PTIME_MS)))
        .orElse(0);
  }

  /** The formats that are payload types with a known meaning; what is unreadable is left out. */
  private ImmutableList<Codec> codecs() {
    Map<Integer, String> encodings = byPayloadType("rtpmap");
    Map<Integer, String> parameters = byPayloadType("fmtp");
    Map<String, ImmutableList<String>> feedback = feedback();
    Map<Integer, Codec> codecs = new LinkedHashMap<>();
    for (String format : section.line().formats()) {
      int payloadType = Numbers.parse(format, MAX_PAYLOAD_TYPE);
      if (payloadType >= 0 && !codecs.containsKey(payloadType)) {
        Optional.ofNullable(encodings.get(payloadType))
            .or(() -> StaticPayloads.encoding(payloadType))
            .flatMap(encoding -> codec(payloadType, encoding))
            .map(codec -> codec.withFmtp(parameters.getOrDefault(payloadType, "")))
            .map(codec -> codec.withFeedback(feedback(feedback, format)))
            .ifPresent(codec -> codecs.put(payloadType, codec));
      }
    }
    return ImmutableList.copyOf(codecs.values());
  }

  private Map<Integer, String> byPayloadType(String attribute) {
    Map<Integer, String> values = new HashMap<>();
    for (String value : section.attributes(attribute)) {
      int space = value.indexOf(' ');
      int payloadType = space < 0 ? -1 : Numbers.parse(value.substring(0, space), MAX_PAYLOAD_TYPE);
      if (payloadType >= 0) {
        values.putIfAbsent(payloadType, value.substring(space + 1).trim());
      }
    }
    return values;
  }

  /** {@code rtcp-fb} values by payload type as written, or {@code *} (RFC 4585 section 4.2). */
  private Map<String, ImmutableList<String>> feedback() {
    Map<String, ImmutableList.Builder<String>> values = new HashMap<>();
    for (String value : section.attributes("rtcp-fb")) {
      int space = value.indexOf(' ');
      if (space > 0) {
        values
            .computeIfAbsent(value.substring(0, space), format -> ImmutableList.builder())
            .add(value.substring(space + 1).trim());
      }
    }
    Map<String, ImmutableList<String>> built = new HashMap<>();
    values.forEach((format, list) -> built.put(format, list.build()));
    return built;
  }

  private static ImmutableList<String> feedback(
      Map<String, ImmutableList<String>> feedback, String format) {
    return ImmutableList.<String>builder()
        .addAll(feedback.getOrDefault("*", ImmutableList.of()))
        .addAll(feedback.getOrDefault(format, ImmutableList.of()))
        .build();
  }

  private static Optional<Codec> codec(int payloadType, String encoding) {
    List<String> parts = SLASH.splitToList(encoding);
    int clock = parts.size() < 2 ? -1 : Numbers.parse(parts.get(1), MAX_CLOCK_HZ);
    int channels = parts.size() < 3 ? 1 : Numbers.parse(parts.get(2), MAX_CHANNELS);
    if (parts.get(0).isEmpty() || clock <= 0 || channels <= 0) {
      return Optional.empty();
    }
    Codec codec = Codec.of(payloadType, parts.get(0), clock);
    // RFC 7587 section 7: opus is always /2; some phones leave it out.
    return Optional.of(codec.withChannels(codec.is("opus") ? 2 : channels));
  }
}
