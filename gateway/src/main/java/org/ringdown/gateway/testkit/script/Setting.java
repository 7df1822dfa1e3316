package org.ringdown.gateway.testkit.script;

import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What can be set of an actor, and to what. Safe from any thread. */
public enum Setting {
  /** Whom it signs in as. */
  USER(".+", "a user's name"),
  /** With what. */
  PASSWORD(".*", "a password"),
  /** What it speaks SIP over. */
  TRANSPORT("udp|tcp|tls", "udp, tcp or tls"),
  /** Whether it speaks SRTP with keys in the SDP. */
  SRTP("true|false", "true or false"),
  /** What it can speak and hear. */
  CODECS(Slot.CODECS.regex(), Slot.CODECS.expected()),
  /** The name it shows. */
  DISPLAY(".*", "a name"),
  /** The host of its address and of those it calls. */
  DOMAIN("[A-Za-z0-9.:\\[\\]-]+", "a host such as example.com"),
  /** Where it hears SIP over UDP. */
  PORT("0|[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5]", "a port"),
  /** Which real browser it is. */
  BROWSER("chromium|none", "chromium or none"),
  /** Whether it signs in only when told to. */
  IDLE("true|false", "true or false");

  private final Pattern form;
  private final String expected;

  Setting(String form, String expected) {
    this.form = Pattern.compile(form);
    this.expected = expected;
  }

  /** As it stands in a script. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The form of its values, for a schema. */
  public String regex() {
    return form.pattern();
  }

  /** What is wrong with a value; nothing while variables are not filled in. */
  public Optional<String> complaint(String value) {
    return value.contains("${") || form.matcher(value).matches()
        ? Optional.empty()
        : Optional.of(word() + " \"" + value + "\"; expected " + expected);
  }

  /** The one of this name among some. */
  static Optional<Setting> named(String word, ImmutableSet<Setting> among) {
    return Arrays.stream(values())
        .filter(s -> s.word().equals(word) && among.contains(s))
        .findAny();
  }
}
