package org.ringdown.gateway.routing;

/**
 * Where a call leads, and what decided it.
 *
 * @param route where
 * @param because what decided it, for the operator: {@code a user of the gateway}, or the rule
 */
public record Decision(Route route, String because) {}
