package org.ringdown.gateway.linetest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.call.EndReason;

/**
 * What a test has found at one step.
 *
 * @param verdict whether it is well
 * @param took how long it took
 * @param text a sentence for a person
 * @param reason why the call ended, if that is what was found
 */
public record Finding(
    Step step, Verdict verdict, Duration took, String text, @Nullable EndReason reason) {
  /** What is looked at, in this order. */
  public enum Step {
    /** Whether the trunk is up. */
    TRUNK,
    /** Whether the test number answers. */
    CALL,
    /** Whether anything is heard of it. */
    SOUND,
    /** Whether digits pass. */
    DIGITS,
    /** Whether the call goes on until we end it. */
    END
  }

  /** Whether it is well. */
  public enum Verdict {
    /** It is. */
    PASSED,
    /** It is not. */
    FAILED,
    /** The test number is not made for it. */
    UNKNOWN
  }
}
