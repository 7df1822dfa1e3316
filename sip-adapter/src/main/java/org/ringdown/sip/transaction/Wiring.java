package org.ringdown.sip.transaction;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.ringdown.sip.challenge.AuthenticationCheck;
import org.ringdown.sip.guard.Scanners;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.LargeRequests;
import org.ringdown.sip.transport.LocalPoints;

/**
 * What a leg needs of the endpoint it belongs to.
 *
 * @param messages writes messages
 * @param points the sockets we listen on
 * @param authentication checks digests
 * @param scanners who is not to be dealt with
 * @param timers RFC 3261's timer values
 * @param alarms runs things later
 * @param pool runs the mailboxes of the legs
 * @param large which requests are too large for UDP
 * @param failures why there was no connection with an address, if there was none
 */
public record Wiring(
    SipMessages messages,
    LocalPoints points,
    AuthenticationCheck authentication,
    Scanners scanners,
    SipTimers timers,
    Alarms alarms,
    Executor pool,
    LargeRequests large,
    Function<InetSocketAddress, Optional<String>> failures) {

  /** Why nothing could be sent there, for a person. */
  public String whyNot(Destination destination) {
    return failures
        .apply(destination.address())
        .map(why -> "no connection to the server: " + why)
        .orElse("no connection to the server");
  }
}
