package org.ringdown.gateway.config;

/**
 * How the text of one setting becomes a value.
 *
 * @param expected what the text should be, for the problem's message: {@code a duration from 1s to
 *     5m, such as 30s}
 * @param parser reads it
 */
record ValueType<T>(String expected, Parser<T> parser) {

  /** Turns text into a value. */
  interface Parser<T> {
    T parse(String text) throws BadValue;
  }

  /** A text that is no such value. */
  static final class BadValue extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;

    BadValue(String problem) {
      super(problem);
      this.problem = problem;
    }

    /** What is wrong, to go on after the text: {@code has no unit}. */
    String problem() {
      return problem;
    }
  }
}
