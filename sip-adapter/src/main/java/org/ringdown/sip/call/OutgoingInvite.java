package org.ringdown.sip.call;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import gov.nist.javax.sip.message.SIPRequest;
import java.text.ParseException;
import java.util.Optional;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.SipException;
import javax.sip.header.CSeqHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.challenge.ClientAuthentication;
import org.ringdown.sip.dialog.DialogPath;
import org.ringdown.sip.dialog.LegEvents;
import org.ringdown.sip.leg.Dial;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.log.StackLog;
import org.ringdown.sip.message.AdditionalHeaders;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.SessionExpires;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.message.Uris;
import org.ringdown.sip.transaction.Wiring;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.Hops;
import org.ringdown.sip.transport.LocalPoint;
import org.ringdown.sip.transport.SipTransport;
import org.ringdown.sip.usage.SessionTimer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The INVITE that begins a call of ours and the CANCEL that takes it back. Not thread-safe: used
 * within one leg's mailbox.
 */
final class OutgoingInvite {
  private static final Logger LOG = LoggerFactory.getLogger(OutgoingInvite.class);

  private final Dial dial;
  private Destination destination;
  private final Wiring wiring;
  private final SipMessages messages;
  private final SipMessages.Party party;
  private final ClientAuthentication authentication;
  private long cseq;
  private @Nullable ClientTransaction transaction;
  private @Nullable LocalPoint local;
  private boolean cancelSent;
  private boolean phoneIsGone;
  private int leastSessionSeconds = SessionExpires.LEAST_SECONDS;

  OutgoingInvite(Dial dial, Wiring wiring) {
    this.dial = dial;
    this.destination = dial.destination();
    this.wiring = wiring;
    this.messages = wiring.messages();
    this.party =
        new SipMessages.Party(
            dial.from(),
            messages.token(),
            Optional.ofNullable(dial.attempt().callId())
                .orElseGet(() -> messages.token() + messages.token()));
    this.authentication = new ClientAuthentication(dial.credentials());
  }

  String callId() {
    return party.callId();
  }

  /** The offer; null if it asks for one. */
  @Nullable String sdp() {
    return dial.sdp();
  }

  /** Our From tag, which every response carries. */
  String tag() {
    return party.tag();
  }

  /** Whether a response is to one of the INVITEs that begin the call. */
  boolean isAnsweredBy(Response response) {
    CSeqHeader number = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
    return number.getMethod().equals(Request.INVITE) && number.getSeqNumber() <= cseq;
  }

  boolean is(ClientTransaction other) {
    return other == transaction;
  }

  /** Why nothing was heard of the next hop. */
  SipStatus silence() {
    return wiring.silence(destination, "no answer from the next hop");
  }

  /** Which extensions the call uses. */
  DialogPolicy policy() {
    return dial.policy();
  }

  /** The CSeq number of the INVITE sent last. */
  long cseq() {
    return cseq;
  }

  /** Takes a 401 or 407; whether the INVITE may be sent again, with credentials. */
  boolean challenged(Response response) {
    return authentication.challenged(response);
  }

  /** Adds the credentials that were asked for so far to a request in the call's dialog. */
  void authorize(Request request) {
    authentication.authorize(request, messages);
  }

  /** Whether a refusal can be answered or mended, so that the INVITE may be sent again. */
  boolean mayBeginAgain(Response refusal) {
    int code = refusal.getStatusCode();
    return ClientAuthentication.isChallenge(code)
        ? challenged(refusal)
        : code == Reasons.SESSION_INTERVAL_TOO_SMALL && wantsLongerSession(refusal);
  }

  /**
   * Takes a 422, with which the peer wants a longer session (RFC 4028 section 7.3); whether the
   * INVITE may be sent again, which it may once.
   */
  private boolean wantsLongerSession(Response tooBrief) {
    boolean isFirst = leastSessionSeconds == SessionExpires.LEAST_SECONDS;
    leastSessionSeconds = SessionExpires.leastSeconds(tooBrief);
    return isFirst && leastSessionSeconds > SessionExpires.LEAST_SECONDS;
  }

  /** What a refusal says, or why the challenge in it cannot be answered. */
  SipStatus refusal(Response refused) {
    SipStatus heard = Reasons.ofResponse(refused.getStatusCode(), refused);
    String objection = authentication.objection();
    return objection.isEmpty() ? heard : heard.because(objection);
  }

  /**
   * Finds out where to send it, if that is not known yet.
   *
   * @param done is run when it is known, on any thread, once
   */
  void locate(Runnable done) {
    if (!dial.attempt().way().registered()) {
      done.run();
      return;
    }
    var unused =
        wiring
            .contacts()
            .find(dial.requestUri(), destination)
            .thenAccept(
                found -> {
                  phoneIsGone = found.isEmpty();
                  destination = found.orElse(destination);
                  done.run();
                });
  }

  /**
   * Sends the INVITE, its responses to be found by {@code owner}. To be called again after a
   * challenge or a 422: a new transaction of the same call (RFC 3261 section 22.2).
   *
   * @return what kept it from being sent, or empty
   */
  Optional<String> send(LegEvents owner) {
    if (phoneIsGone) {
      return Optional.of(Wiring.PHONE_IS_GONE);
    }
    if (destination.address().isUnresolved()) {
      return Optional.of("the name of the next hop has no address");
    }
    if (isSecure() && destination.transport() != SipTransport.TLS) {
      return Optional.of(Wiring.TLS_ONLY);
    }
    Optional<LocalPoint> from = wiring.points().towards(destination);
    if (from.isEmpty()) {
      return Optional.of("no listening socket for this transport and address family");
    }
    try {
      cseq++;
      Request request = request(from.get());
      Destination chosen = wiring.large().choose(request, destination);
      if (chosen.equals(destination)) {
        send(request, from.get(), owner);
      } else {
        destination = chosen;
        LocalPoint other = wiring.points().towards(chosen).orElseThrow();
        send(request(other), other, owner);
      }
      return Optional.empty();
    } catch (ParseException e) {
      return Optional.of("a URI of this call is malformed");
    } catch (SipException e) {
      LOG.debug("{} INVITE not sent: {}", callId(), StackLog.cut(e.getMessage()));
      return Optional.of(wiring.whyNot(destination));
    }
  }

  /**
   * Where the INVITE went.
   *
   * @param from our socket
   * @param t1Ms how soon a request to there is repeated
   */
  record Sent(LocalPoint from, Destination to, int t1Ms) {}

  /** Where the INVITE was sent last. */
  Sent sent() {
    return new Sent(checkNotNull(local), destination, wiring.timers().t1Ms());
  }

  /** A request of this call on the way of the INVITE, without a dialog's tag and route. */
  Request bare(String method, long number) throws ParseException {
    Request request = messages.request(method, dial.requestUri(), party, dial.to());
    messages.signed(request);
    messages.route(request, dial.attempt().way().route());
    SipMessages.number(request, number);
    authentication.authorize(request, messages);
    return request;
  }

  private Request request(LocalPoint from) throws ParseException {
    Request request = bare(Request.INVITE, cseq);
    askForExtensions(request);
    messages.contact(request, from.contactUri(user(), isSecure()));
    String offer = dial.sdp();
    if (offer != null) {
      messages.sdp(request, offer);
    }
    AdditionalHeaders.put(request, dial.headers());
    SipMessages.limit(request, dial.hops());
    return request;
  }

  private void askForExtensions(Request request) {
    DialogPolicy policy = dial.policy();
    SipMessages.set(request, "Supported", policy.supported());
    SipMessages.setIfAny(request, "Require", String.join(", ", required(policy)));
    DialogPolicy.Timer timer = policy.timer();
    if (timer != null) {
      int seconds = Math.max(timer.seconds(), leastSessionSeconds);
      SessionTimer.ask(
          request, new SessionExpires(seconds, timer.inOurRequest()), leastSessionSeconds);
    }
  }

  /** What takes another call's place must not ring as a call of its own (RFC 3891 section 6.2). */
  private ImmutableList<String> required(DialogPolicy policy) {
    ImmutableList.Builder<String> tags = ImmutableList.builder();
    if (policy.prack() == DialogPolicy.Prack.REQUIRED) {
      tags.add(SipMessages.RELIABLE);
    }
    if (dial.headers().containsKey("Replaces")) {
      tags.add("replaces");
    }
    return tags.build();
  }

  private void send(Request request, LocalPoint from, LegEvents owner) throws SipException {
    local = from;
    ((SIPRequest) request).setApplicationData(Hops.to(destination));
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
      ((SIPRequest) cancel).setApplicationData(Hops.to(destination));
      ClientTransaction sending = local.provider().getNewClientTransaction(cancel);
      sending.setRetransmitTimer(wiring.timers().t1Ms());
      sending.sendRequest();
    } catch (SipException e) {
      LOG.debug("{} CANCEL not sent: {}", callId(), StackLog.cut(e.getMessage()));
    }
  }

  /** The path of a dialog that a response to the INVITE made. */
  DialogPath path(Dialog dialog) {
    return new DialogPath(
        dialog,
        checkNotNull(local),
        destination,
        new DialogPath.Contact(user(), isSecure()),
        wiring);
  }

  private boolean isSecure() {
    return dial.requestUri().regionMatches(true, 0, "sips:", 0, 5);
  }

  /** The user part of the caller's URI, for our Contact. */
  private String user() {
    String uri = dial.from().uri();
    int at = uri.indexOf('@');
    int scheme = uri.indexOf(':');
    return at > scheme ? Uris.unescape(uri.substring(scheme + 1, at)) : "";
  }
}
