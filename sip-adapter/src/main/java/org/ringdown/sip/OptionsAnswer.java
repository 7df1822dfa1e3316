package org.ringdown.sip;

import java.time.Duration;
import org.ringdown.sip.message.SipStatus;

/**
 * What became of an OPTIONS.
 *
 * @param status the final response; 408 if none came in time, 503 if nothing could be sent
 * @param retryAfter how long the server wants to be left alone (RFC 3261 section 20.33), an hour at
 *     most; zero if it does not say
 * @param took how long it took to come, sending and any new connection included
 */
public record OptionsAnswer(SipStatus status, Duration retryAfter, Duration took) {}
