package org.ringdown.sip.transaction;

import gov.nist.javax.sip.message.SIPRequest;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.challenge.ClientAuthentication;
import org.ringdown.sip.challenge.SipCredentials;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.Hops;
import org.ringdown.sip.transport.LocalPoint;
import org.ringdown.sip.transport.SipTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests outside any dialog that follow each other: one Call-ID, a CSeq that rises (RFC 3261
 * section 10.2), and the credentials that were asked for. Not thread-safe: used within one mailbox.
 */
public final class RequestSeries {
  private static final Logger LOG = LoggerFactory.getLogger(RequestSeries.class);

  /**
   * What every request of a series says.
   *
   * @param method the method
   * @param requestUri the Request-URI
   * @param from who sends it
   * @param to whom it is about
   * @param destination where it goes, asked for each time
   * @param patience how long to wait for a final response; null for 64*T1
   */
  public record Head(
      String method,
      String requestUri,
      NameAddress from,
      NameAddress to,
      Supplier<Destination> destination,
      @Nullable Duration patience) {}

  /** What came of a request. Called in the mailbox, one of the two, once. */
  public interface Outcome {
    /** A final response, but for challenges that could be answered. */
    void onFinal(Response response);

    /** No final response, or the request could not be sent. */
    void onFailure(SipStatus status);
  }

  private final Head head;
  private final ClientAuthentication authentication;
  private final Wiring wiring;
  private final Mailbox mailbox;
  private final SipMessages.Party party;
  private long cseq;

  /** A series that has not begun. */
  public RequestSeries(
      Head head, @Nullable SipCredentials credentials, Wiring wiring, Mailbox mailbox) {
    this.head = head;
    this.authentication = new ClientAuthentication(credentials);
    this.wiring = wiring;
    this.mailbox = mailbox;
    SipMessages messages = wiring.messages();
    this.party =
        new SipMessages.Party(head.from(), messages.token(), messages.token() + messages.token());
  }

  /** Why the last challenge could not be answered, or empty. */
  public String objection() {
    return authentication.objection();
  }

  /** Sends the next request, completed by {@code rest}, which is told the socket it leaves by. */
  public void send(Rest rest, Outcome outcome) {
    new Exchange(rest, outcome).send();
  }

  /** What one request says besides the head. */
  public interface Rest {
    void complete(Request request, LocalPoint local);
  }

  /** One request until its final response, sent again where it is challenged. */
  private final class Exchange implements ResponseEvents {
    private final Rest rest;
    private final Outcome outcome;
    private Alarms.Alarm giveUp = Alarms.NONE;
    private boolean over;
    private @Nullable Destination sentTo;

    Exchange(Rest rest, Outcome outcome) {
      this.rest = rest;
      this.outcome = outcome;
    }

    public void send() {
      Destination destination = head.destination().get();
      if (destination.address().isUnresolved()) {
        unreachable("the name of the server has no address");
        return;
      }
      boolean secure = head.requestUri().regionMatches(true, 0, "sips:", 0, 5);
      if (secure && destination.transport() != SipTransport.TLS) {
        unreachable(Wiring.TLS_ONLY);
        return;
      }
      Optional<LocalPoint> local = wiring.points().towards(destination);
      if (local.isEmpty()) {
        unreachable("no listening socket for this transport and address family");
        return;
      }
      try {
        Request request = request(local.get());
        Destination chosen = wiring.large().choose(request, destination);
        send(request, wiring.points().towards(chosen).orElseThrow(), chosen);
      } catch (ParseException e) {
        unreachable("a URI of this request is malformed");
      } catch (SipException e) {
        LOG.debug("{} not sent: {}", head.method(), e.getMessage());
        unreachable(wiring.whyNot(destination));
      }
    }

    private Request request(LocalPoint local) throws ParseException {
      SipMessages messages = wiring.messages();
      Request request = messages.request(head.method(), head.requestUri(), party, head.to());
      SipMessages.number(request, ++cseq);
      messages.signed(request);
      rest.complete(request, local);
      authentication.authorize(request, messages);
      return request;
    }

    private void send(Request request, LocalPoint local, Destination destination)
        throws SipException {
      ((SIPRequest) request).setApplicationData(Hops.to(destination));
      ClientTransaction transaction = local.provider().getNewClientTransaction(request);
      transaction.setRetransmitTimer(wiring.timers().t1Ms());
      transaction.setApplicationData(this);
      sentTo = destination;
      transaction.sendRequest();
      if (head.patience() != null) {
        giveUp = wiring.alarms().in(head.patience(), () -> mailbox.post(this::silence));
      }
    }

    private void silence() {
      Destination destination = sentTo;
      if (destination != null) {
        fail(wiring.silence(destination, "the server does not answer"));
      }
    }

    private void unreachable(String explanation) {
      fail(new SipStatus(503, Reasons.phrase(503), 27, explanation));
    }

    private void fail(SipStatus status) {
      if (!over) {
        over = true;
        outcome.onFailure(status);
      }
    }

    @Override
    public void onResponse(Response response, @Nullable Dialog dialog) {
      if (response.getStatusCode() >= 200) {
        mailbox.post(() -> onFinal(response));
      }
    }

    private void onFinal(Response response) {
      giveUp.cancel();
      if (over) {
        return;
      }
      if (ClientAuthentication.isChallenge(response.getStatusCode())
          && authentication.challenged(response)) {
        send();
      } else {
        over = true;
        outcome.onFinal(response);
      }
    }

    @Override
    public void onTimeout(ClientTransaction transaction) {
      mailbox.post(this::silence);
    }
  }
}
