package org.ringdown.gateway.sdp.line;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.line.SdpException.Reason;

/**
 * SDP as text with a structure (RFC 8866): lines in their order, not yet understood. Tolerates what
 * real phones send: bare LF, missing {@code o=}, {@code s=} or {@code t=}, blank lines, unknown
 * lines and attributes. {@link #toString()} gives back exactly the text that was read. Immutable.
 */
public final class SessionDescription {
  /** The longest text that is read, in characters. */
  public static final int MAX_CHARS = 65_536;

  private static final int MAX_SECTIONS = 32;

  private final String text;
  private final Block session;
  private final ImmutableList<MediaSection> media;

  private SessionDescription(String text, Block session, ImmutableList<MediaSection> media) {
    this.text = text;
    this.session = session;
    this.media = media;
  }

  /**
   * Reads a text.
   *
   * @throws SdpException MALFORMED with the line and what is wrong with it; TOO_LARGE beyond 65,536
   *     characters, 2,000 lines or 32 sections
   */
  public static SessionDescription parse(String text) throws SdpException {
    if (text.length() > MAX_CHARS) {
      throw new SdpException(Reason.TOO_LARGE, "SDP of more than " + MAX_CHARS + " characters");
    }
    ImmutableList<SdpLine> lines = SdpLine.split(text);
    requireVersion(lines);
    List<ImmutableList<SdpLine>> blocks = blocks(lines);
    if (blocks.size() - 1 > MAX_SECTIONS) {
      throw new SdpException(Reason.TOO_LARGE, "more than " + MAX_SECTIONS + " m= sections");
    }
    ImmutableList.Builder<MediaSection> media = ImmutableList.builder();
    for (ImmutableList<SdpLine> block : blocks.subList(1, blocks.size())) {
      media.add(MediaSection.of(block));
    }
    return new SessionDescription(text, new Block(blocks.get(0)), media.build());
  }

  private static void requireVersion(ImmutableList<SdpLine> lines) throws SdpException {
    if (lines.isEmpty()) {
      throw new SdpException(Reason.MALFORMED, "the SDP is empty");
    }
    SdpLine first = lines.get(0);
    if (first.type() != 'v' || !first.value().trim().equals("0")) {
      String found = first.type() + "=" + first.value();
      throw SdpLine.malformed(first.number(), "v=0 expected, but found", found);
    }
  }

  /** The session's lines, then those of each section. */
  private static List<ImmutableList<SdpLine>> blocks(ImmutableList<SdpLine> lines) {
    List<ImmutableList<SdpLine>> blocks = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).type() == 'm') {
        blocks.add(lines.subList(start, i));
        start = i;
      }
    }
    blocks.add(lines.subList(start, lines.size()));
    return blocks;
  }

  /** The media sections in their order. */
  public ImmutableList<MediaSection> media() {
    return media;
  }

  /** The value of the first session-level attribute of this name; empty text for a flag. */
  public Optional<String> attribute(String name) {
    return session.attribute(name);
  }

  /** The session-level {@code c=} value. */
  public Optional<String> connection() {
    return session.value('c');
  }

  /** The session-level lines. */
  public Block session() {
    return session;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SessionDescription that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The text as it was read. */
  @Override
  public String toString() {
    return text;
  }
}
