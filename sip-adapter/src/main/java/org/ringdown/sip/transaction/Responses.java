package org.ringdown.sip.transaction;

import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends responses. Safe from any thread. */
public final class Responses {
  private static final Logger LOG = LoggerFactory.getLogger(Responses.class);

  private Responses() {}

  /** Answers a request; that it cannot be sent is no matter of the sender, who hears nothing. */
  public static void send(ServerTransaction transaction, Response response) {
    try {
      transaction.sendResponse(response);
    } catch (SipException | InvalidArgumentException e) {
      LOG.debug("a response could not be sent: {}", e.getMessage());
    }
  }
}
