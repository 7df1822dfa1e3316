package org.ringdown.gateway.testkit.script;

import java.time.Duration;

/**
 * The gateway that a script has to itself.
 *
 * @param settings as in conf/gateway.yaml, with variables not filled in; empty for the usual ones
 * @param hurry how many times as fast as they should its session timers (RFC 4028) run, 1 to 100:
 *     the shortest of them takes a minute to expire
 */
public record GatewayPlan(String settings, int hurry) {
  /** The usual settings, and no hurry. */
  public static final GatewayPlan USUAL = new GatewayPlan("", 1);

  /** How long a second of a session timer takes. */
  public Duration sessionSecond() {
    return Duration.ofSeconds(1).dividedBy(hurry);
  }
}
