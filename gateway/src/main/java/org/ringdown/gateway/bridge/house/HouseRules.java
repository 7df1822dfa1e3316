package org.ringdown.gateway.bridge.house;

import org.ringdown.gateway.call.CallTimers;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.routing.Router;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.sip.leg.DialogPolicy;

/**
 * What the operator may change while calls go on; a call that has begun keeps what it has come by.
 * Immutable, safe from any thread.
 *
 * @param users who may sign in, and as whom they are shown
 * @param router where calls lead
 * @param headers which header fields pass from and to phones and pages
 * @param phoneDialogs which extensions of SIP calls with phones use
 * @param phoneMedia what phones may have as media
 * @param callTimers how long a call may stay in each state
 * @param maxCalls how many calls there may be at once
 */
public record HouseRules(
    Users users,
    Router router,
    GatewayConfig.Headers headers,
    DialogPolicy phoneDialogs,
    MediaPolicy phoneMedia,
    CallTimers callTimers,
    int maxCalls) {

  /** The same rules, with other ways for calls. */
  public HouseRules with(Router other) {
    return new HouseRules(users, other, headers, phoneDialogs, phoneMedia, callTimers, maxCalls);
  }
}
