package org.ringdown.gateway.sdp.line;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * An {@code m=} line (RFC 8866 section 5.14).
 *
 * @param media {@code audio}, {@code video} or another word
 * @param port 0 to 65535; 0 refuses the section (RFC 3264 section 6) unless it is bundle-only
 * @param protocol such as {@code RTP/AVP}
 * @param formats at least one
 */
public record MediaLine(String media, int port, String protocol, ImmutableList<String> formats) {
  private static final Splitter WORDS =
      Splitter.on(CharMatcher.whitespace()).omitEmptyStrings().trimResults();
  private static final int MAX_PORT = 65_535;

  static MediaLine of(SdpLine line) throws SdpException {
    List<String> words = WORDS.splitToList(line.value());
    if (words.size() < 4) {
      throw SdpLine.malformed(
          line.number(), "m= needs media, port, protocol and a format, but is", line.value());
    }
    return new MediaLine(
        words.get(0),
        port(line, words.get(1)),
        words.get(2),
        ImmutableList.copyOf(words.subList(3, words.size())));
  }

  private static int port(SdpLine line, String word) throws SdpException {
    int slash = word.indexOf('/');
    String digits = slash < 0 ? word : word.substring(0, slash);
    int port = Numbers.parse(digits, MAX_PORT);
    if (port < 0) {
      throw SdpLine.malformed(line.number(), "a port expected, but found", word);
    }
    return port;
  }

  /** A section of the same media and protocol at this port with these formats. */
  public MediaLine answered(int localPort, ImmutableList<String> accepted) {
    return new MediaLine(media, localPort, protocol, accepted);
  }

  /** The line that refuses this section: port 0 and, as one is needed, its first format. */
  public MediaLine refused() {
    return answered(0, formats.subList(0, 1));
  }

  /** The same over another protocol. */
  public MediaLine withProtocol(String other) {
    return new MediaLine(media, port, other, formats);
  }

  /** Whether this is the protocol, in any case. */
  public boolean isProtocol(String name) {
    return Ascii.equalsIgnoreCase(protocol, name);
  }

  /** The line as text, without its end. */
  @Override
  public String toString() {
    return "m=" + media + " " + port + " " + protocol + " " + String.join(" ", formats);
  }
}
