package org.ringdown.gateway.testkit.script;

import java.util.Locale;
import java.util.regex.Pattern;

/** A place in a sentence that a value stands in. */
public enum Slot {
  /** Whom to call. */
  TARGET("\\S+", "an actor, a number or a SIP URI"),
  /** What to offer or answer with. */
  CODECS(
      "(PCMU|PCMA|opus|G722|G729)(,(PCMU|PCMA|opus|G722|G729))*",
      "a list of codecs such as PCMA,PCMU"),
  /** A length of time. */
  TIME("\\d+(\\.\\d+)?(ms|s|m)", "a time such as 500ms or 2s"),
  /** The frequency of a tone. */
  HZ("\\d{2,4}", "a frequency such as 440"),
  /** A file beside the script. */
  FILE("\\S+", "the name of a file, without spaces"),
  /** A stream of RTP. */
  SSRC("0x[0-9A-Fa-f]{1,8}", "an SSRC such as 0x1A2B3C4D"),
  /** Keys. */
  DIGITS("[0-9A-D*#]{1,64}", "keys out of 0-9 * # A-D"),
  /** What is to come. */
  EVENT("[A-Za-z0-9-]+(/[A-Z]+)?", "a message such as INVITE, 180, 200/BYE or ringing"),
  /** Why not. */
  STATUS("[1-6]\\d\\d|busy|decline", "a status such as 486, or busy, or decline"),
  /** One of several answers to one INVITE. */
  BRANCH("[A-Za-z0-9]+", "a name, used as the To tag"),
  /** A share. */
  PERCENT("(100|\\d{1,2})%", "a share such as 10%"),
  /** Which of the messages to come. */
  COUNT("every|first|second|third|next|\\d{1,3}(st|nd|rd|th)?", "first, 2nd, every, or how many"),
  /** Which way a message goes. */
  DIRECTION("sent|received", "sent or received"),
  /** A request that changes nothing of a call. */
  REFRESH("UPDATE|re-INVITE", "UPDATE or re-INVITE"),
  /** A request. */
  METHOD("[A-Z]+|re-INVITE", "a SIP method such as BYE or re-INVITE");

  private final Pattern form;
  private final String expected;

  Slot(String form, String expected) {
    this.form = Pattern.compile(form);
    this.expected = expected;
  }

  static Slot named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** What stands here, for a person. */
  public String expected() {
    return expected;
  }

  /** The form of its values, for a schema. */
  public String regex() {
    return form.pattern();
  }

  /** Whether a word can stand here; a variable not filled in yet always can. */
  public boolean accepts(String word) {
    return word.contains("${") || form.matcher(word).matches();
  }
}
