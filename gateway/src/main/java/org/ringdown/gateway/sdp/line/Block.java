package org.ringdown.gateway.sdp.line;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * The lines of the session part or of one media section.
 *
 * @param lines in their order
 */
public record Block(ImmutableList<SdpLine> lines) {

  /** Whether the attribute stands there, with a value or without. */
  public boolean has(String attribute) {
    return attribute(attribute).isPresent();
  }

  /** The value of the first attribute of this name; empty text for a flag. */
  Optional<String> attribute(String name) {
    for (SdpLine line : lines) {
      if (line.isAttribute(name)) {
        return Optional.of(line.attributeValue(name));
      }
    }
    return Optional.empty();
  }

  /** The values of all attributes of this name, in their order. */
  public ImmutableList<String> attributes(String name) {
    ImmutableList.Builder<String> values = ImmutableList.builder();
    for (SdpLine line : lines) {
      if (line.isAttribute(name)) {
        values.add(line.attributeValue(name));
      }
    }
    return values.build();
  }

  /** The value of the first line of this type. */
  public Optional<String> value(char type) {
    for (SdpLine line : lines) {
      if (line.type() == type) {
        return Optional.of(line.value());
      }
    }
    return Optional.empty();
  }
}
