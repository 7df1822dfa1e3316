package org.ringdown.sip;

import java.time.Duration;
import java.util.function.Consumer;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transaction.Mailbox;
import org.ringdown.sip.transaction.RequestSeries;
import org.ringdown.sip.transaction.Wiring;
import org.ringdown.sip.transport.Destination;
import org.ringdown.sip.transport.Way;

/**
 * One OPTIONS to see whether a server is there (RFC 3261 section 11).
 *
 * @param sentNanos when it was sent, as {@link System#nanoTime} has it
 */
record OptionsPing(long sentNanos, Consumer<OptionsAnswer> result)
    implements RequestSeries.Outcome {
  static void send(
      String uri, Destination to, Way way, Wiring wiring, Consumer<OptionsAnswer> result) {
    Mailbox mailbox = wiring.mailbox();
    NameAddress us = new NameAddress("", wiring.messages().ownUri());
    RequestSeries.Head head =
        new RequestSeries.Head(
            Request.OPTIONS, uri, us, new NameAddress("", uri), () -> to, way.patience());
    RequestSeries series = new RequestSeries(head, null, wiring, mailbox);
    mailbox.post(
        () ->
            series.send(
                (request, local) -> {
                  SipMessages.set(request, "Accept", SipMessages.ACCEPT);
                  wiring.messages().route(request, way.route());
                },
                new OptionsPing(System.nanoTime(), result)));
  }

  @Override
  public void onFinal(Response response) {
    SipStatus status = Reasons.ofResponse(response.getStatusCode(), response);
    tell(status, Requests.retryAfter(response));
  }

  @Override
  public void onFailure(SipStatus status) {
    tell(status, Duration.ZERO);
  }

  private void tell(SipStatus status, Duration retryAfter) {
    Duration took = Duration.ofNanos(System.nanoTime() - sentNanos);
    result.accept(new OptionsAnswer(status, retryAfter, took));
  }
}
