package org.ringdown.gateway.call;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.call.EndReason.Kind;

/**
 * Why those who were called did not answer: of several reasons the most telling speaks for all (RFC
 * 3261 section 16.7, step 6, for people). Not thread-safe: belongs to its call's executor.
 */
public final class Refusals {
  /** From the least to the most telling; what is not named lies in between, as REFUSED does. */
  private static final ImmutableList<Kind> TELLING =
      ImmutableList.of(
          Kind.TIMEOUT,
          Kind.NOT_FOUND,
          Kind.UNAVAILABLE,
          Kind.REFUSED,
          Kind.NOT_ACCEPTABLE_MEDIA,
          Kind.NO_ANSWER,
          Kind.BUSY,
          Kind.DECLINED);

  private @Nullable EndReason mostTelling;

  /** Somebody did not answer. */
  public void add(EndReason reason) {
    if (mostTelling == null || rank(reason) > rank(mostTelling)) {
      mostTelling = reason;
    }
  }

  /** The reason that speaks for all: {@code UNAVAILABLE} if there was nobody at all. */
  public EndReason mostTelling() {
    return Optional.ofNullable(mostTelling)
        .orElseGet(() -> EndReason.byGateway(Kind.UNAVAILABLE, ""));
  }

  private static int rank(EndReason reason) {
    int rank = TELLING.indexOf(reason.kind());
    return rank < 0 ? TELLING.indexOf(Kind.REFUSED) : rank;
  }
}
