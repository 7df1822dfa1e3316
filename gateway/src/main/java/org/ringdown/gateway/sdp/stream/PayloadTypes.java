package org.ringdown.gateway.sdp.stream;

import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Payload types for an offer of our own, unique over all its streams as BUNDLE wants it (RFC 9143
 * section 9.1). A codec keeps its number where it can.
 */
public final class PayloadTypes {
  private static final int FIRST_DYNAMIC = 96;
  private static final int LAST_DYNAMIC = 127;

  private final Set<Integer> taken = new HashSet<>();

  /** These numbers are in use already. */
  public void take(List<Codec> used) {
    used.forEach(codec -> taken.add(codec.payloadType()));
  }

  /** The codecs with numbers that are free; one that no number is left for is dropped. */
  public ImmutableList<Codec> assign(ImmutableList<Codec> codecs) {
    ImmutableList.Builder<Codec> assigned = ImmutableList.builder();
    for (Codec codec : codecs) {
      free(codec).ifPresent(number -> assigned.add(codec.withPayloadType(number)));
    }
    return assigned.build();
  }

  private Optional<Integer> free(Codec codec) {
    if (fits(codec) && taken.add(codec.payloadType())) {
      return Optional.of(codec.payloadType());
    }
    for (int number = FIRST_DYNAMIC; number <= LAST_DYNAMIC; number++) {
      if (taken.add(number)) {
        return Optional.of(number);
      }
    }
    return Optional.empty();
  }

  /** Dynamic, or static and meant so (RFC 3551 section 3). */
  private static boolean fits(Codec codec) {
    return codec.payloadType() >= FIRST_DYNAMIC
        || StaticPayloads.encoding(codec.payloadType())
            .filter(codec.encoding()::equalsIgnoreCase)
            .isPresent();
  }
}
