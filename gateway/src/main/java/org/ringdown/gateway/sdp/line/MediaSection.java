package org.ringdown.gateway.sdp.line;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/** An {@code m=} line and the lines that belong to it. Immutable. */
public final class MediaSection {
  private final MediaLine line;
  private final Block block;

  private MediaSection(MediaLine line, Block block) {
    this.line = line;
    this.block = block;
  }

  /** Reads a section from its lines, of which the first is the {@code m=} line. */
  static MediaSection of(ImmutableList<SdpLine> lines) throws SdpException {
    return new MediaSection(MediaLine.of(lines.get(0)), new Block(lines));
  }

  /** The {@code m=} line. */
  public MediaLine line() {
    return line;
  }

  /** Whether there is an attribute of this name. */
  public boolean has(String attribute) {
    return block.has(attribute);
  }

  /** The value of the first attribute of this name; empty text for a flag. */
  public Optional<String> attribute(String name) {
    return block.attribute(name);
  }

  /** The values of all attributes of this name, in their order. */
  public ImmutableList<String> attributes(String name) {
    return block.attributes(name);
  }

  /** The section's own {@code c=} value. */
  public Optional<String> connection() {
    return block.value('c');
  }

  /** The lines, the {@code m=} line first. */
  public Block block() {
    return block;
  }
}
