package org.ringdown.gateway.trunk;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.ringdown.sip.leg.Dial;

/**
 * What a trunk may be told of a call. Immutable, safe from any thread.
 *
 * @param caller who calls
 * @param diversions how the call was forwarded, the first first
 * @param headers header fields that were passed on; the trunk's policy decides which go out
 * @param hops how many hops it may still take
 */
public record OutgoingCall(
    Caller caller,
    ImmutableList<Diversion> diversions,
    ImmutableMap<String, String> headers,
    int hops) {
  /** One that begins here. */
  public OutgoingCall(
      Caller caller, ImmutableList<Diversion> diversions, ImmutableMap<String, String> headers) {
    this(caller, diversions, headers, Dial.MOST_HOPS);
  }
}
