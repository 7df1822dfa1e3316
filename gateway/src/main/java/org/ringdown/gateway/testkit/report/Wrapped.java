package org.ringdown.gateway.testkit.report;

import com.google.common.collect.ImmutableList;

/** Text in lines that are not too wide. */
final class Wrapped {
  private static final int NARROWEST = 20;

  private Wrapped() {}

  /**
   * Breaks a text between words; a word that is wider than a line stays whole.
   *
   * @param indent before every line but the first
   */
  static ImmutableList<String> lines(String text, int width, String indent) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    int room = Math.max(NARROWEST, width);
    String rest = text;
    while (rest.length() > room) {
      int start = rest.length() - rest.stripLeading().length();
      int at = rest.lastIndexOf(' ', room);
      if (at <= start) {
        at = rest.indexOf(' ', room);
      }
      if (at < 0) {
        break;
      }
      lines.add(rest.substring(0, at).stripTrailing());
      rest = indent + rest.substring(at).stripLeading();
    }
    return lines.add(rest).build();
  }
}
