package org.ringdown.gateway.trunk;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/**
 * What a trunk may be told of a call. Immutable, safe from any thread.
 *
 * @param caller who calls
 * @param diversions how the call was forwarded, the first first
 * @param headers header fields that were passed on; the trunk's policy decides which go out
 */
public record OutgoingCall(
    Caller caller, ImmutableList<Diversion> diversions, ImmutableMap<String, String> headers) {}
