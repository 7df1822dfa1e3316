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
    return lines.stream()
        .filter(line -> line.isAttribute(name))
        .map(line -> line.attributeValue(name))
        .findFirst();
  }

  /** The values of all attributes of this name, in their order. */
  public ImmutableList<String> attributes(String name) {
    return lines.stream()
        .filter(line -> line.isAttribute(name))
        .map(line -> line.attributeValue(name))
        .collect(ImmutableList.toImmutableList());
  }

  /** The value of the first line of this type. */
  public Optional<String> value(char type) {
    return lines.stream().filter(line -> line.type() == type).map(SdpLine::value).findFirst();
  }
}
