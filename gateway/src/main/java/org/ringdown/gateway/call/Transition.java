package org.ringdown.gateway.call;

import java.time.Instant;

/**
 * One change of state, for the call's timeline.
 *
 * @param at when
 * @param from the state left
 * @param to the state entered
 * @param event what brought it about
 */
public record Transition(Instant at, CallState from, CallState to, CallEvent event) {}
