package org.ringdown.sip;

import gov.nist.javax.sip.DialogTimeoutEvent;
import gov.nist.javax.sip.ServerTransactionExt;
import gov.nist.javax.sip.SipListenerExt;
import java.util.Optional;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.TransactionUnavailableException;
import javax.sip.header.AuthorizationHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.call.Calls;
import org.ringdown.sip.dialog.LegEvents;
import org.ringdown.sip.log.StackLog;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.register.Bindings;
import org.ringdown.sip.register.RegisterTransaction;
import org.ringdown.sip.text.TextTransaction;
import org.ringdown.sip.transaction.Mailbox;
import org.ringdown.sip.transaction.ResponseEvents;
import org.ringdown.sip.transaction.Responses;
import org.ringdown.sip.transaction.Wiring;
import org.ringdown.sip.transport.LocalPoint;
import org.ringdown.sip.transport.PacketSource;
import org.ringdown.sip.transport.SipTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes JAIN-SIP's events and hands each to whom it concerns; decides nothing. Called on JAIN-SIP's
 * threads, in parallel.
 */
public final class JainListener implements SipListenerExt {
  private static final Logger LOG = LoggerFactory.getLogger(JainListener.class);

  /** Nobody is called because somebody says so who is in no call. */
  private static final SipStatus OUTSIDE =
      new SipStatus(403, "Forbidden", 0, "REFER is taken within a call only.");

  private final Wiring wiring;
  private final Calls calls;
  private final SipHandler handler;
  private final RequestCheck check;

  public JainListener(Wiring wiring, Calls calls, SipHandler handler) {
    this.calls = calls;
    this.wiring = wiring;
    this.handler = handler;
    this.check = new RequestCheck(wiring.messages());
  }

  @Override
  public void processRequest(RequestEvent event) {
    Request request = event.getRequest();
    try {
      switch (request.getMethod()) {
        case Request.ACK -> onAck(event);
        case Request.CANCEL -> onCancel(event);
        default -> onRequest(event);
      }
    } catch (TransactionAlreadyExistsException e) {
      LOG.trace("a repeated {}", request.getMethod());
    } catch (SipException e) {
      LOG.debug("{} not handled: {}", request.getMethod(), StackLog.cut(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("a {} could not be handled", request.getMethod(), e);
    }
  }

  private void onAck(RequestEvent event) {
    LegEvents leg = legOf(event.getDialog());
    if (leg != null) {
      leg.onAck(event.getRequest());
    }
  }

  private void onCancel(RequestEvent event) {
    ServerTransaction cancel = event.getServerTransaction();
    ServerTransaction invite =
        cancel == null ? null : ((ServerTransactionExt) cancel).getCanceledInviteTransaction();
    LegEvents leg = legOf(event.getDialog());
    if (invite != null && invite.getApplicationData() instanceof LegEvents cancelled) {
      cancelled.onRequest(event.getRequest(), cancel);
    } else if (cancel != null && leg != null) {
      leg.onRequest(event.getRequest(), cancel);
    }
  }

  private void onRequest(RequestEvent event) throws SipException {
    Request request = event.getRequest();
    SipProvider provider = (SipProvider) event.getSource();
    Response refusal = check.refusal(request);
    if (isUnwelcome(request)) {
      LOG.trace("a {} left unanswered", request.getMethod());
    } else if (refusal != null) {
      respond(event, provider, refusal);
    } else if (((ToHeader) request.getHeader(ToHeader.NAME)).getTag() != null) {
      withinDialog(event, provider);
    } else {
      outsideDialog(event, provider);
    }
  }

  /** A stranger that was challenged too often is heard once a second; an answer always is. */
  private boolean isUnwelcome(Request request) {
    boolean stranger =
        ((ToHeader) request.getHeader(ToHeader.NAME)).getTag() == null
            && request.getHeader(AuthorizationHeader.NAME) == null;
    return stranger && !wiring.scanners().admits(PacketSource.of(request).address().getAddress());
  }

  private void withinDialog(RequestEvent event, SipProvider provider) throws SipException {
    LegEvents leg = legOf(event.getDialog());
    if (leg == null) {
      int code = Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST;
      respond(event, provider, wiring.messages().response(event.getRequest(), code, ""));
    } else {
      leg.onRequest(event.getRequest(), transaction(event, provider));
    }
  }

  private void outsideDialog(RequestEvent event, SipProvider provider) throws SipException {
    Request request = event.getRequest();
    switch (request.getMethod()) {
      case Request.INVITE -> onInvite(transaction(event, provider), provider);
      case Request.REGISTER -> onRegister(event, provider);
      case Request.MESSAGE -> onText(transaction(event, provider));
      case Request.OPTIONS -> {
        Response response = stateless(request, Response.OK);
        SipMessages.capabilities(response);
        respond(event, provider, response);
      }
      case Request.REFER -> {
        String tag = SipMessages.statelessTag(request);
        respond(event, provider, wiring.messages().refusal(request, OUTSIDE, tag));
      }
      default ->
          respond(event, provider, stateless(request, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST));
    }
  }

  private void onInvite(ServerTransaction transaction, SipProvider provider) throws SipException {
    Request invite = transaction.getRequest();
    Responses.send(transaction, wiring.messages().response(invite, Response.TRYING, ""));
    SipTransport transport = PacketSource.of(invite).transport();
    Optional<LocalPoint> local = wiring.points().of(provider, transport);
    calls.incoming(transaction, local.orElseThrow(), handler::onInvite);
  }

  private void onRegister(RequestEvent event, SipProvider provider) throws SipException {
    Bindings bindings = Bindings.in(event.getRequest());
    if (bindings == null) {
      respond(event, provider, stateless(event.getRequest(), Response.BAD_REQUEST));
      return;
    }
    ServerTransaction transaction = transaction(event, provider);
    mailboxFor(event.getRequest()).post(() -> register(transaction, bindings));
  }

  private void register(ServerTransaction transaction, Bindings bindings) {
    RegisterTransaction register =
        new RegisterTransaction(transaction, bindings, wiring.messages(), wiring.authentication());
    try {
      handler.onRegister(register);
    } catch (RuntimeException e) {
      LOG.error("the handler failed on a REGISTER", e);
      register.refuse(new SipStatus(500, Reasons.phrase(500), 0, ""), null);
    }
  }

  private void onText(ServerTransaction transaction) {
    mailboxFor(transaction.getRequest())
        .post(
            () -> {
              TextTransaction text =
                  new TextTransaction(transaction, wiring.messages(), wiring.authentication());
              try {
                handler.onText(text);
              } catch (RuntimeException e) {
                LOG.error("the handler failed on a MESSAGE", e);
                text.refuse(new SipStatus(500, Reasons.phrase(500), 0, ""));
              }
            });
  }

  private Mailbox mailboxFor(Request request) {
    return wiring.mailbox(PacketSource.of(request).transport());
  }

  private ServerTransaction transaction(RequestEvent event, SipProvider provider)
      throws TransactionAlreadyExistsException, TransactionUnavailableException {
    ServerTransaction known = event.getServerTransaction();
    ServerTransaction transaction =
        known == null ? provider.getNewServerTransaction(event.getRequest()) : known;
    ((ServerTransactionExt) transaction).setRetransmitTimer(wiring.timers().t1Ms());
    return transaction;
  }

  private Response stateless(Request request, int code) {
    return wiring.messages().response(request, code, SipMessages.statelessTag(request));
  }

  /** Answers by the transaction if JAIN-SIP made one, else without (RFC 3261 section 8.2.7). */
  private static void respond(RequestEvent event, SipProvider provider, Response response)
      throws SipException {
    if (event.getServerTransaction() != null) {
      Responses.send(event.getServerTransaction(), response);
    } else {
      provider.sendResponse(response);
    }
  }

  @Override
  public void processResponse(ResponseEvent event) {
    ResponseEvents sender = senderOf(event);
    if (sender != null) {
      sender.onResponse(event.getResponse(), event.getDialog());
    }
  }

  private @Nullable ResponseEvents senderOf(ResponseEvent event) {
    ClientTransaction transaction = event.getClientTransaction();
    if (transaction != null) {
      return transaction.getApplicationData() instanceof ResponseEvents sender ? sender : null;
    }
    LegEvents leg = legOf(event.getDialog());
    FromHeader from = (FromHeader) event.getResponse().getHeader(FromHeader.NAME);
    return leg != null || from.getTag() == null ? leg : calls.dialledWith(from.getTag());
  }

  private static @Nullable LegEvents legOf(@Nullable Dialog dialog) {
    return dialog != null && dialog.getApplicationData() instanceof LegEvents leg ? leg : null;
  }

  @Override
  public void processTimeout(TimeoutEvent event) {
    if (!event.isServerTransaction()
        && event.getClientTransaction().getApplicationData() instanceof ResponseEvents sender) {
      sender.onTimeout(event.getClientTransaction());
    }
  }

  @Override
  public void processDialogTimeout(DialogTimeoutEvent event) {
    LegEvents leg = legOf(event.getDialog());
    if (leg == null) {
      return;
    }
    switch (event.getReason()) {
      case AckNotReceived -> leg.onAckMissing();
      case EarlyStateTimeout -> leg.onEarlyTooLong();
      default -> LOG.debug("JAIN-SIP's dialog reports {}", event.getReason());
    }
  }

  @Override
  public void processIOException(IOExceptionEvent event) {
    LOG.debug("JAIN-SIP could not send by {}", event.getTransport());
  }

  @Override
  public void processTransactionTerminated(TransactionTerminatedEvent event) {
    // Legs end by responses and timeouts.
  }

  @Override
  public void processDialogTerminated(DialogTerminatedEvent event) {
    // Legs end by responses and timeouts.
  }
}
