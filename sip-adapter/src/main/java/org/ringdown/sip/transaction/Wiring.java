package org.ringdown.sip.transaction;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;
import org.ringdown.sip.challenge.AuthenticationCheck;
import org.ringdown.sip.guard.Scanners;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transport.ContactHops;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.LargeRequests;
import org.ringdown.sip.transport.LocalPoints;
import org.ringdown.sip.transport.NamedHops;
import org.ringdown.sip.transport.SipTransport;
import org.ringdown.sip.work.Workers;

/**
 * What a leg needs of the endpoint it belongs to.
 *
 * @param messages writes messages
 * @param points the sockets we listen on
 * @param authentication checks digests
 * @param scanners who is not to be dealt with
 * @param timers RFC 3261's timer values
 * @param alarms runs things later
 * @param workers runs the mailboxes of the legs
 * @param names where hosts are that have a name only
 * @param contacts where phones are that have said so in a Contact
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
    Workers workers,
    NamedHops names,
    ContactHops contacts,
    LargeRequests large,
    Function<InetSocketAddress, Optional<String>> failures) {

  /** Why a sips URI is not reached otherwise (RFC 3261 section 26.2.2). */
  public static final String TLS_ONLY = "A sips address is reached over TLS only.";

  /** Why a phone is not reached any more that registered over a connection (RFC 5626 5.3). */
  public static final String PHONE_IS_GONE =
      "The connection of this phone is gone, and it has given no address to connect to.";

  /** A mailbox for what may be sent by this transport; by TCP and TLS that may take its time. */
  public Mailbox mailbox(SipTransport transport) {
    return new Mailbox(transport == SipTransport.UDP ? workers : workers.patient());
  }

  /** A mailbox for what may be sent by any transport. */
  public Mailbox mailbox() {
    return new Mailbox(workers.patient());
  }

  /**
   * What is to be said where no answer came: that nobody answers, or that the connection was closed
   * without a word, as by a server that does not want our certificate.
   *
   * @param otherwise how to say that nobody answers
   */
  public SipStatus silence(Destination destination, String otherwise) {
    Optional<String> lost =
        destination.transport() == SipTransport.UDP
            ? Optional.empty()
            : failures.apply(destination.address());
    return lost.isPresent()
        ? new SipStatus(503, Reasons.phrase(503), 27, whyNot(destination))
        : new SipStatus(408, Reasons.phrase(408), 102, otherwise);
  }

  /** That a phone which registered over a connection cannot be reached any more. */
  public SipStatus phoneIsGone() {
    return new SipStatus(503, Reasons.phrase(503), 27, PHONE_IS_GONE);
  }

  /** Why nothing could be sent there, for a person. */
  public String whyNot(Destination destination) {
    return failures
        .apply(destination.address())
        .map(why -> "no connection to the server: " + why)
        .orElse("no connection to the server");
  }
}
