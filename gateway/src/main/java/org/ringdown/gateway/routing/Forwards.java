package org.ringdown.gateway.routing;

import com.google.common.collect.ImmutableList;

/**
 * Who is called instead of somebody who does not answer: the steps of a list are tried one after
 * another. Immutable, safe from any thread.
 *
 * @param onBusy where the call goes if the callee is busy or declines it
 * @param onNoAnswer where it goes if nobody answers in time
 * @param onUnavailable where it goes if the callee cannot be reached
 */
public record Forwards<T>(
    ImmutableList<Step<T>> onBusy,
    ImmutableList<Step<T>> onNoAnswer,
    ImmutableList<Step<T>> onUnavailable) {

  /** The call goes nowhere else. */
  public static <T> Forwards<T> none() {
    return new Forwards<>(ImmutableList.of(), ImmutableList.of(), ImmutableList.of());
  }

  /** Whether the call goes nowhere else, whatever happens. */
  public boolean isEmpty() {
    return onBusy.isEmpty() && onNoAnswer.isEmpty() && onUnavailable.isEmpty();
  }

  /** Where the call goes after that. */
  public ImmutableList<Step<T>> after(Unanswered how) {
    return switch (how) {
      case BUSY -> onBusy;
      case NO_ANSWER -> onNoAnswer;
      case UNAVAILABLE -> onUnavailable;
    };
  }
}
