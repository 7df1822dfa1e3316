package org.ringdown.gateway.config.yaml;

/**
 * How the text of one setting becomes a value.
 *
 * @param expected what the text should be, for the problem's message: {@code a duration from 1s to
 *     5m, such as 30s}
 * @param parser reads it
 */
public record ValueType<T>(String expected, Parser<T> parser) {

  /** Turns text into a value. */
  public interface Parser<T> {
    /**
     * The value.
     *
     * @throws BadValue if the text is none
     */
    T parse(String text) throws BadValue;
  }

  /** A text that is no such value. */
  public static final class BadValue extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;

    /** Such a text; {@code problem} is as {@link #problem} gives it. */
    public BadValue(String problem) {
      super(problem);
      this.problem = problem;
    }

    /** What is wrong, to go on after the text: {@code has no unit}. */
    public String problem() {
      return problem;
    }
  }
}
