package org.ringdown.sip.usage;

import java.util.List;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.ringdown.sip.dialog.DialogOwner;
import org.ringdown.sip.dialog.DialogPath;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.transaction.Responses;
import org.ringdown.sip.transaction.Wiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refreshes of the session and of its target by UPDATE without an offer (RFC 4028 section 7.4, RFC
 * 3311), which touch no media. Only for a peer whose Allow says that it takes them; one that
 * refuses nevertheless is not asked so again. Not thread-safe: used within one leg's mailbox.
 */
final class RefreshByUpdate {
  private static final Logger LOG = LoggerFactory.getLogger(RefreshByUpdate.class);

  private final DialogPath path;
  private final DialogOwner owner;
  private final SipMessages messages;
  private final SessionTimer timer;
  private boolean allowed;

  RefreshByUpdate(DialogPath path, DialogOwner owner, Wiring wiring, SessionTimer timer) {
    this.path = path;
    this.owner = owner;
    this.messages = wiring.messages();
    this.timer = timer;
  }

  /** What came of a refresh. */
  enum Result {
    /** The session goes on, or is asked for again. */
    DONE,
    /** Another request is under way: try again in a moment. */
    LATER,
    /** It has to be done in another way. */
    REFUSED
  }

  /** Answers one of the peer; {@code established}: a session timer may run. */
  void onRefresh(Request update, ServerTransaction transaction, boolean established) {
    Response response = messages.response(update, Response.OK, "");
    path.identify(response);
    SipMessages.capabilities(response);
    if (established) {
      timer.accept(update, response);
    }
    Responses.send(transaction, response);
  }

  /** Takes from a message of the peer whether UPDATE may be sent, if it says so at all. */
  void learn(Message message) {
    List<String> allow = Requests.values(message, "Allow");
    if (!allow.isEmpty()) {
      allowed = allow.stream().anyMatch(Request.UPDATE::equals);
    }
  }

  /** Sends an UPDATE; false if the peer is not known to take it, or it cannot be sent. */
  boolean send() {
    if (!allowed) {
      return false;
    }
    try {
      Request update = path.request(Request.UPDATE);
      timer.ask(update);
      path.send(update, owner.events());
      return true;
    } catch (SipException e) {
      LOG.debug("no UPDATE could be sent: {}", e.getMessage());
      return false;
    }
  }

  /** A final response to an UPDATE of ours. */
  Result onResponse(Response response) {
    int code = response.getStatusCode();
    if (code < 300) {
      learn(response);
      timer.agreed(response);
      return Result.DONE;
    }
    if (code == Reasons.SESSION_INTERVAL_TOO_SMALL && timer.mayTryAgain(response) && send()) {
      return Result.DONE;
    }
    if (code == Response.REQUEST_PENDING) {
      return Result.LATER;
    }
    allowed = false;
    return Result.REFUSED;
  }
}
