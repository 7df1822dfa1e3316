package org.ringdown.gateway.bridge.session;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.leg.CallFacts;
import org.ringdown.gateway.call.EndReason;

/**
 * What remains of a call.
 *
 * @param facts who called whom
 * @param began when it was offered
 * @param connected when both sides were in it, null if it never came to that
 * @param ended when it was over
 * @param reason why
 * @param verdicts what was found wrong with its media, oldest first
 */
public record CallRecord(
    CallFacts facts,
    Instant began,
    @Nullable Instant connected,
    Instant ended,
    EndReason reason,
    ImmutableList<ImmutableMap<String, Object>> verdicts) {

  /** How long both sides were in the call; zero if never. */
  public Duration talked() {
    return connected == null ? Duration.ZERO : Duration.between(connected, ended);
  }
}
