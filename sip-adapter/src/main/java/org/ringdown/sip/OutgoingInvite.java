package org.ringdown.sip;

import gov.nist.javax.sip.message.SIPRequest;
import java.text.ParseException;
import java.util.Optional;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.stack.StackLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The INVITE that begins a call of ours and the CANCEL that takes it back. Not thread-safe: used
 * within one leg's mailbox.
 */
final class OutgoingInvite {
  private static final Logger LOG = LoggerFactory.getLogger(OutgoingInvite.class);

  private final Dial dial;
  private final Destination destination;
  private final Wiring wiring;
  private final SipMessages messages;
  private final SipMessages.Party party;
  private final ClientAuthentication authentication;
  private long cseq;
  private @Nullable ClientTransaction transaction;
  private @Nullable LocalPoint local;
  private boolean cancelSent;

  OutgoingInvite(Dial dial, Wiring wiring) {
    this.dial = dial;
    this.destination = new Destination(dial.hop(), dial.transport());
    this.wiring = wiring;
    this.messages = wiring.messages();
    this.party =
        new SipMessages.Party(dial.from(), messages.token(), messages.token() + messages.token());
    this.authentication = new ClientAuthentication(dial.credentials());
  }

  String callId() {
    return party.callId();
  }

  /** Our From tag, which every response carries. */
  String tag() {
    return party.tag();
  }

  boolean is(ClientTransaction other) {
    return other == transaction;
  }

  /** The CSeq number of the INVITE sent last. */
  long cseq() {
    return cseq;
  }

  /** Takes a 401 or 407; whether the INVITE may be sent again, with credentials. */
  boolean challenged(Response response) {
    return authentication.challenged(response);
  }

  /** Why the last challenge cannot be answered, or empty. */
  String objection() {
    return authentication.objection();
  }

  /**
   * Sends the INVITE, its responses to be found by {@code owner}. To be called again after a
   * challenge: a new transaction of the same call (RFC 3261 section 22.2).
   *
   * @return what kept it from being sent, or empty
   */
  Optional<String> send(LegEvents owner) {
    if (dial.hop().isUnresolved()) {
      return Optional.of("the name of the next hop has no address");
    }
    Optional<LocalPoint> from = wiring.points().towards(destination);
    if (from.isEmpty()) {
      return Optional.of("no listening socket for this transport and address family");
    }
    try {
      local = from.get();
      send(request(from.get()), from.get(), owner);
      return Optional.empty();
    } catch (ParseException e) {
      return Optional.of("a URI of this call is malformed");
    } catch (SipException e) {
      LOG.debug("{} INVITE not sent: {}", callId(), StackLog.cut(e.getMessage()));
      return Optional.of("no connection to the next hop");
    }
  }

  private Request request(LocalPoint from) throws ParseException {
    Request request = messages.request(Request.INVITE, dial.requestUri(), party, dial.to());
    messages.signed(request);
    messages.contact(request, from.contactUri(user()));
    messages.sdp(request, dial.sdp());
    AdditionalHeaders.put(request, dial.headers());
    SipMessages.number(request, ++cseq);
    authentication.authorize(request, messages);
    return request;
  }

  private void send(Request request, LocalPoint from, LegEvents owner) throws SipException {
    ((SIPRequest) request).setApplicationData(destination.hop());
    ClientTransaction sending = from.provider().getNewClientTransaction(request);
    sending.setRetransmitTimer(wiring.timers().t1Ms());
    sending.setApplicationData(owner);
    sending.getDialog().setApplicationData(owner);
    transaction = sending;
    sending.sendRequest();
  }

  /** Sends the CANCEL, once; to be called only after a provisional response (RFC 3261 9.1). */
  void cancel(SipStatus status) {
    if (cancelSent || transaction == null || local == null) {
      return;
    }
    cancelSent = true;
    try {
      Request cancel = transaction.createCancel();
      SipMessages.setIfAny(cancel, "Reason", Reasons.cancelValue(status));
      ((SIPRequest) cancel).setApplicationData(destination.hop());
      ClientTransaction sending = local.provider().getNewClientTransaction(cancel);
      sending.setRetransmitTimer(wiring.timers().t1Ms());
      sending.sendRequest();
    } catch (SipException e) {
      LOG.debug("{} CANCEL not sent: {}", callId(), StackLog.cut(e.getMessage()));
    }
  }

  /** The path of a dialog a 2xx to the INVITE made, null before the INVITE was sent. */
  @Nullable DialogPath path(Dialog dialog) {
    return local == null ? null : new DialogPath(dialog, local, destination, user(), wiring);
  }

  /** The user part of the caller's URI, for our Contact. */
  private String user() {
    String uri = dial.from().uri();
    int at = uri.indexOf('@');
    int scheme = uri.indexOf(':');
    return at > scheme ? Uris.unescape(uri.substring(scheme + 1, at)) : "";
  }
}
