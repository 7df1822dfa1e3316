package org.ringdown.sip;

import java.util.concurrent.Executor;

/**
 * What a leg needs of the endpoint it belongs to.
 *
 * @param messages writes messages
 * @param points the sockets we listen on
 * @param legs the legs that are not over
 * @param authentication checks digests
 * @param timers RFC 3261's timer values
 * @param alarms runs things later
 * @param pool runs the mailboxes of the legs
 */
record Wiring(
    SipMessages messages,
    LocalPoints points,
    OpenLegs legs,
    AuthenticationCheck authentication,
    SipTimers timers,
    Alarms alarms,
    Executor pool) {}
