package org.ringdown.sip.refer;

import com.google.common.base.Ascii;
import java.util.Optional;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.ringdown.sip.dialog.DialogOwner;
import org.ringdown.sip.dialog.DialogPath;
import org.ringdown.sip.dialog.Replaces;
import org.ringdown.sip.leg.Referral;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transaction.Responses;
import org.ringdown.sip.transaction.Wiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One REFER and the subscription that it makes (RFC 3515 section 2.4.4). What it is told runs in
 * the leg's mailbox.
 */
final class ReferSubscription implements Referral {
  private static final Logger LOG = LoggerFactory.getLogger(ReferSubscription.class);

  /** How long the peer may wait for news at least: longer than any phone rings. */
  private static final int SECONDS = 300;

  private enum State {
    /** The REFER waits for its response. */
    ASKED,
    /** News are sent. */
    ACTIVE,
    /** Nothing more is sent. */
    OVER
  }

  private final ServerTransaction transaction;
  private final ReferTo referTo;
  private final String referredBy;
  private final String event;
  private final boolean wantsNews;
  private final DialogPath path;
  private final DialogOwner owner;
  private final Wiring wiring;
  private State state = State.ASKED;

  /**
   * A REFER that is to be answered.
   *
   * @param event the value of Event in its NOTIFYs
   */
  ReferSubscription(
      ServerTransaction transaction,
      ReferTo referTo,
      String event,
      DialogPath path,
      DialogOwner owner,
      Wiring wiring) {
    this.transaction = transaction;
    this.referTo = referTo;
    this.event = event;
    this.path = path;
    this.owner = owner;
    this.wiring = wiring;
    Request refer = transaction.getRequest();
    this.referredBy = first(refer, "Referred-By");
    this.wantsNews = !Ascii.toLowerCase(first(refer, "Refer-Sub")).startsWith("false");
  }

  private static String first(Request request, String name) {
    return Requests.values(request, name).stream().findFirst().orElse("");
  }

  @Override
  public String target() {
    return referTo.target();
  }

  @Override
  public String referredBy() {
    return referredBy;
  }

  @Override
  public boolean isAttended() {
    return referTo.replaces() != null;
  }

  @Override
  public Optional<SipLeg.Listener> consultation() {
    String replaces = referTo.replaces();
    Replaces name = replaces == null ? null : Replaces.read(replaces);
    return name == null
        ? Optional.empty()
        : owner.legs().listenerOf(name).map(SipLeg.Listener::holder);
  }

  @Override
  public Optional<String> replaces() {
    return Optional.ofNullable(referTo.replaces()).map(Replaces::read).map(Replaces::value);
  }

  @Override
  public void accept() {
    owner.post(
        () -> {
          if (state == State.ASKED) {
            to(wantsNews ? State.ACTIVE : State.OVER);
            Response accepted = response(Response.ACCEPTED);
            path.identify(accepted);
            if (!wantsNews) {
              SipMessages.set(accepted, "Refer-Sub", "false");
            }
            Responses.send(transaction, accepted);
            news(new SipStatus(Response.TRYING, Reasons.phrase(Response.TRYING), 0, ""));
          }
        });
  }

  @Override
  public void refuse(SipStatus status) {
    owner.post(
        () -> {
          if (state == State.ASKED) {
            to(State.OVER);
            Request refer = transaction.getRequest();
            Responses.send(transaction, wiring.messages().refusal(refer, status, ""));
          }
        });
  }

  @Override
  public void tell(SipStatus status) {
    owner.post(() -> news(status));
  }

  /** The dialog is over, or the peer wants to hear no more. */
  void end() {
    if (state == State.ASKED) {
      Responses.send(transaction, response(Response.REQUEST_TERMINATED));
    }
    to(State.OVER);
  }

  private Response response(int code) {
    return wiring.messages().response(transaction.getRequest(), code, "");
  }

  private void news(SipStatus status) {
    if (state != State.ACTIVE) {
      return;
    }
    boolean last = status.code() >= 200;
    if (last) {
      to(State.OVER);
    }
    try {
      Request notify = path.request(Request.NOTIFY);
      path.identify(notify);
      wiring.messages().setParsed(notify, "Event", event);
      wiring
          .messages()
          .setParsed(
              notify,
              "Subscription-State",
              last ? "terminated;reason=noresource" : "active;expires=" + SECONDS);
      wiring.messages().sipfrag(notify, status);
      path.send(notify, owner.events());
    } catch (SipException e) {
      LOG.debug("no NOTIFY could be sent: {}", e.getMessage());
    }
  }

  private void to(State next) {
    LOG.debug("referral {} -> {}", state, next);
    state = next;
  }
}
