package org.ringdown.webrtc.ice;

import com.google.common.base.Splitter;
import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A candidate as a peer says it (RFC 8839 section 5.1).
 *
 * @param type {@code host}, {@code srflx}, {@code prflx}, {@code relay}, or what may come after
 *     them
 * @param address where it is; null if it is not UDP or a name hides the address (RFC 8828)
 */
public record Candidate(String type, @Nullable InetSocketAddress address) {
  private static final Pattern NAME = Pattern.compile("^(a=)?candidate:");
  private static final Pattern PORT = Pattern.compile("\\d{1,5}");
  private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings();

  /**
   * Reads a candidate line, with or without {@code candidate:} or {@code a=candidate:} before it;
   * empty for one that is none.
   */
  public static Optional<Candidate> parse(String line) {
    List<String> words = WORDS.splitToList(NAME.matcher(line).replaceFirst(""));
    if (words.size() < 8 || !words.get(6).equals("typ") || !PORT.matcher(words.get(5)).matches()) {
      return Optional.empty();
    }
    return Optional.of(new Candidate(words.get(7), address(words)));
  }

  private static @Nullable InetSocketAddress address(List<String> words) {
    int port = Integer.parseInt(words.get(5));
    boolean usable =
        words.get(2).equalsIgnoreCase("udp")
            && InetAddresses.isInetAddress(words.get(4))
            && port <= 65_535;
    return usable ? new InetSocketAddress(InetAddresses.forString(words.get(4)), port) : null;
  }
}
