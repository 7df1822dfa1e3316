package org.ringdown.sip.dialog;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import gov.nist.javax.sip.ListeningPointImpl;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.AckSendingStrategy;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPDialog;
import gov.nist.javax.sip.stack.SIPDialogEventListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.address.Address;
import javax.sip.address.Hop;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.RouteHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.dns.Service;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.message.Uris;
import org.ringdown.sip.stack.HopRouter;
import org.ringdown.sip.transaction.SipTimers;
import org.ringdown.sip.transaction.Wiring;
import org.ringdown.sip.transport.ContactHops;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.Hops;
import org.ringdown.sip.transport.LargeRequests;
import org.ringdown.sip.transport.LocalPoint;
import org.ringdown.sip.transport.NamedHops;
import org.ringdown.sip.transport.SipTransport;

/**
 * How our requests within a dialog find their way.
 *
 * <p>RFC 3261 section 12.2.1.1 sends them to the first Route, or without a route set to the remote
 * target, which is the peer's Contact. The first we do. Instead of the second we send to where the
 * peer's packets come from, because the Contact of a phone behind a NAT is an address nobody can
 * reach, unless {@link ContactHops} knows better: for a Contact by name, and where the peer's
 * connection is gone. The Request-URI is the remote target all the same. Not thread-safe: used
 * within one leg's mailbox, but for {@link #send(SIPRequest)}, which JAIN-SIP calls to repeat an
 * ACK.
 */
public final class DialogPath implements AckSendingStrategy {
  private final SIPDialog dialog;
  private final LocalPoint local;
  private final String contactUri;
  private final SipMessages messages;
  private final SipTimers timers;
  private final LargeRequests large;
  private final NamedHops names;
  private final ContactHops contacts;
  private volatile Destination peer;

  private final Looked route = new Looked();
  private final Looked target = new Looked();

  /**
   * Our Contact in a dialog.
   *
   * @param user its user part
   * @param isSecure whether it is a sips URI, because the dialog was begun with one (RFC 3261
   *     sections 8.1.1.8 and 12.1.1)
   */
  public record Contact(String user, boolean isSecure) {}

  /** The path of a dialog whose peer was heard from, or called, there. */
  public DialogPath(
      Dialog dialog, LocalPoint local, Destination peer, Contact contact, Wiring wiring) {
    this.contactUri = local.contactUri(contact.user(), contact.isSecure());
    this.dialog = (SIPDialog) dialog;
    this.local = local;
    this.peer = peer;
    this.messages = wiring.messages();
    this.timers = wiring.timers();
    this.large = wiring.large();
    this.names = wiring.names();
    this.contacts = wiring.contacts();
    this.dialog.setAckSendingStrategy(this);
    // JAIN-SIP does so only for a dialog that was early: one answered at once would not be missed.
    this.dialog.addEventListener((SIPDialogEventListener) local.provider());
    var soonNeeded = this.dialog.isServer() ? firstRoute() : next();
  }

  /** A name that was looked up last, and where it leads as far as we know. */
  private static final class Looked {
    private volatile @Nullable URI name;
    private volatile @Nullable Destination place;

    @Nullable Destination up(URI uri, Supplier<CompletableFuture<Optional<Destination>>> lookup) {
      if (!uri.equals(name)) {
        name = uri;
        place = null;
        var unused = lookup.get().thenAccept(found -> place = found.orElse(null));
      }
      return place;
    }
  }

  /** The peer was heard from there. */
  public void heardFrom(Destination source) {
    peer = peer.tcpIfLarge() ? source.orTcpIfLarge() : source;
    var soonNeeded = next();
  }

  /**
   * A request within the dialog, not sent yet.
   *
   * @throws SipException if the dialog's state does not allow it
   */
  public Request request(String method) throws SipException {
    SIPRequest request = (SIPRequest) dialog.createRequest(method);
    messages.signed(request);
    if (method.equals(Request.INVITE) || method.equals(Request.UPDATE)) {
      identify(request);
    }
    return request;
  }

  /** As whom the peer knows us in this dialog. */
  public String localUri() {
    return dialog.getLocalParty().getURI().toString();
  }

  /**
   * Where the peer is, with the name of this dialog as the peer sees it for whoever is sent to take
   * our place (RFC 3891 section 6.1); empty if the peer has given no Contact.
   */
  public Optional<String> referTo() {
    Address target = dialog.getRemoteTarget();
    if (target == null || !(target.getURI().clone() instanceof SipURI uri)) {
      return Optional.empty();
    }
    uri.removeParameter("method");
    String contact = uri.toString();
    int headers = contact.indexOf('?');
    String name =
        dialog.getCallId().getCallId()
            + ";to-tag="
            + dialog.getRemoteTag()
            + ";from-tag="
            + dialog.getLocalTag();
    String replaces = "?Replaces=" + Uris.escapeHeader(name);
    return Optional.of((headers < 0 ? contact : contact.substring(0, headers)) + replaces);
  }

  /** Sets the Contact that leads the peer back to us. */
  public void identify(Message message) {
    messages.contact(message, contactUri);
  }

  /**
   * Sends a request within the dialog; what comes of it is found again by {@code owner}.
   *
   * @throws SipException if it cannot be sent
   */
  public ClientTransaction send(Request request, Object owner) throws SipException {
    Destination usual = next();
    Destination next = has(SipTransport.TCP.name()) ? large.choose(request, usual) : usual;
    ((SIPRequest) request).setApplicationData(Hops.to(next));
    if (!next.equals(usual)) {
      request.removeHeader(ViaHeader.NAME); // JAIN-SIP writes that of the socket it leaves by.
    }
    ClientTransaction transaction = local.provider().getNewClientTransaction(request);
    transaction.setApplicationData(owner);
    transaction.setRetransmitTimer(timers.t1Ms());
    dialog.sendRequest(transaction);
    return transaction;
  }

  /**
   * Acknowledges a reliable provisional response (RFC 3262 section 4).
   *
   * @param answer to the offer in it, or null
   * @throws SipException if it cannot be sent
   */
  public void prack(Response provisional, @Nullable String answer, Object owner)
      throws SipException {
    Request prack = dialog.createPrack(provisional);
    messages.signed(prack);
    describe(prack, answer);
    send(prack, owner);
  }

  /**
   * Sends the ACK of a 2xx (RFC 3261 section 13.2.2.4). JAIN-SIP repeats it for each copy of the
   * 2xx.
   *
   * @param answer to the offer in it, or null
   * @throws SipException if it cannot be sent
   */
  public void ack(long cseq, @Nullable String answer) throws SipException {
    try {
      Request ack = dialog.createAck(cseq);
      describe(ack, answer);
      dialog.sendAck(ack);
    } catch (InvalidArgumentException e) {
      throw new SipException("no ACK for CSeq " + cseq, e);
    }
  }

  private void describe(Request acknowledgement, @Nullable String answer) {
    if (answer != null) {
      messages.sdp(acknowledgement, answer);
    }
  }

  private Destination next() {
    Destination first = firstRoute();
    if (first != null && !isPeerByTls(first)) {
      return first;
    }
    Destination beside = dialog.getRouteSet().hasNext() ? null : besidePeer();
    return beside == null ? peer() : beside;
  }

  /** Where the Contact leads, if that is better than to where the peer was heard from. */
  private @Nullable Destination besidePeer() {
    Address remote = dialog.getRemoteTarget();
    if (remote == null || peer.tls() != null) {
      return null;
    }
    URI uri = remote.getURI();
    if (ContactHops.isName(uri)) {
      return peer.transport() == SipTransport.TLS
          ? null
          : target.up(uri, () -> contacts.named(uri, peer));
    }
    return contacts.isGone(peer) ? contacts.literal(uri, peer).orElse(null) : null;
  }

  /**
   * The peer, by TCP for what is large if it was dialled so, or if it calls from the address that
   * its Contact names: behind a NAT nobody would be there.
   */
  private Destination peer() {
    Destination known = peer;
    boolean mayChange = known.tcpIfLarge() && (!dialog.isServer() || known.equals(remoteTarget()));
    return mayChange
        ? known
        : new Destination(known.address(), known.transport(), known.tls(), false);
  }

  private @Nullable Destination remoteTarget() {
    Address target = dialog.getRemoteTarget();
    return target == null ? null : literal(target.getURI());
  }

  /** Its connection is there and it has proved who it is: no need for another one. */
  private boolean isPeerByTls(Destination route) {
    return route.transport() == SipTransport.TLS
        && peer.transport() == SipTransport.TLS
        && peer.address().getAddress().equals(route.address().getAddress());
  }

  /** The first Route, on a transport we have; null: there is none, or nobody knows where it is. */
  private @Nullable Destination firstRoute() {
    Iterator<?> routes = dialog.getRouteSet();
    if (!routes.hasNext()) {
      return null;
    }
    URI uri = ((RouteHeader) routes.next()).getAddress().getURI();
    return HopRouter.literal(uri) == null ? named(uri) : literal(uri);
  }

  /** Until we know where a name leads, the peer itself is the route. */
  private @Nullable Destination named(URI uri) {
    return uri instanceof SipURI sip ? route.up(uri, () -> names.find(sip, spoken())) : null;
  }

  private ImmutableSet<Service> spoken() {
    return Stream.of(Service.UDP, Service.TCP)
        .filter(service -> has(service.name()))
        .collect(ImmutableSet.toImmutableSet());
  }

  /** Where a URI with an IP address leads; null if we cannot go there. */
  private @Nullable Destination literal(URI uri) {
    Hop hop = HopRouter.literal(uri);
    if (hop == null || !has(hop.getTransport())) {
      return null;
    }
    InetAddress address =
        InetAddresses.forString(CharMatcher.anyOf("[]").removeFrom(hop.getHost()));
    Destination there =
        new Destination(
            new InetSocketAddress(address, hop.getPort()),
            SipTransport.valueOf(hop.getTransport()));
    return ((SipURI) uri).getTransportParam() == null ? there.orTcpIfLarge() : there;
  }

  private boolean has(String transport) {
    return local.provider().getListeningPoint(transport) != null;
  }

  @Override
  public void send(SIPRequest ack) throws SipException, IOException {
    Hop hop = Hops.to(next());
    ListeningPointImpl point =
        (ListeningPointImpl) local.provider().getListeningPoint(hop.getTransport());
    MessageChannel channel =
        point
            .getMessageProcessor()
            .createMessageChannel(InetAddress.getByName(hop.getHost()), hop.getPort());
    channel.sendMessage(ack);
  }

  @Override
  public Hop getLastHop() {
    return Hops.to(next());
  }
}
