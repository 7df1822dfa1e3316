package org.ringdown.gateway.testkit.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The label of an arrow, such as {@code 407 Proxy Authentication Required (again)}. A status is
 * known by its number, so that its words may go where there is no room; all else is a fact.
 */
final class StatusLabel {
  private static final Pattern STATUS =
      Pattern.compile("(?<code>[1-6]\\d\\d(/[A-Z]+)?)(?<words> [^()]*?)?(?<fate> \\([^)]*\\))?");

  private StatusLabel() {}

  /** The label with as many of the status' words as fit; the label itself if it is no status. */
  static String shortened(String label, int room) {
    Matcher status = STATUS.matcher(label);
    if (label.length() <= room || !status.matches()) {
      return label;
    }
    String code = status.group("code");
    String fate = status.group("fate") == null ? "" : status.group("fate");
    String words = status.group("words") == null ? "" : status.group("words");
    while (!words.isEmpty() && code.length() + words.length() + fate.length() > room) {
      words = words.substring(0, words.lastIndexOf(' '));
    }
    return code + words + fate;
  }
}
