package org.ringdown.gateway.call;

import java.util.random.RandomGenerator;

/**
 * A call's name in logs, records and pages.
 *
 * @param value ten characters, letters and digits
 */
public record CallId(String value) {
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int LENGTH = 10;

  /** A fresh name; unique for all practical purposes. */
  public static CallId random(RandomGenerator random) {
    StringBuilder text = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new CallId(text.toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
