package org.ringdown.webrtc.page;

import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who has signed in, and what that allows.
 *
 * @param user the name by which the user is called
 * @param display the name to show to those who are called, empty for the one that is configured
 * @param validFor how long from now the sign-in holds; null for as long as the session
 * @param destinations all that may be called, empty for no restriction
 * @param maxCalls how many calls at once, 0 for as many as the configuration allows
 */
public record Grant(
    String user,
    String display,
    @Nullable Duration validFor,
    ImmutableSet<String> destinations,
    int maxCalls) {
  /** Without any restriction. */
  public static Grant of(String user) {
    return new Grant(user, "", null, ImmutableSet.of(), 0);
  }
}
