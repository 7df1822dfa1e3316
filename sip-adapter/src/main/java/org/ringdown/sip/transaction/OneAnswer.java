package org.ringdown.sip.transaction;

import java.util.concurrent.atomic.AtomicBoolean;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.ringdown.sip.challenge.Authentication;
import org.ringdown.sip.challenge.AuthenticationCheck;
import org.ringdown.sip.message.SipMessages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one final answer to a request outside of calls, a challenge for example. Safe from any
 * thread.
 */
public final class OneAnswer {
  private static final Logger LOG = LoggerFactory.getLogger(OneAnswer.class);

  private final ServerTransaction transaction;
  private final Request request;
  private final SipMessages messages;
  private final AuthenticationCheck check;
  private final Authentication authentication;
  private final AtomicBoolean answered = new AtomicBoolean();

  /** Of a request, whose credentials are checked now. */
  public OneAnswer(ServerTransaction transaction, SipMessages messages, AuthenticationCheck check) {
    this.transaction = transaction;
    this.request = transaction.getRequest();
    this.messages = messages;
    this.check = check;
    this.authentication = check.check(request);
  }

  /** What its credentials prove. */
  public Authentication authentication() {
    return authentication;
  }

  /** 401 with fresh challenges. */
  public void challenge() {
    Response response = messages.response(request, Response.UNAUTHORIZED, messages.token());
    check.challenge(response, request, authentication);
    send(response);
  }

  /** Sends the answer; throws if there was one. */
  public void send(Response response) {
    if (!answered.compareAndSet(false, true)) {
      throw new IllegalStateException("this " + request.getMethod() + " is answered already");
    }
    try {
      transaction.sendResponse(response);
    } catch (SipException | InvalidArgumentException e) {
      LOG.debug(
          "the answer to a {} could not be sent: {}",
          request.getMethod(),
          e.getClass().getSimpleName());
    }
  }
}
