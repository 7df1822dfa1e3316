package org.ringdown.sip.text;

import java.util.function.Consumer;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.ringdown.sip.message.AdditionalHeaders;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transaction.Mailbox;
import org.ringdown.sip.transaction.RequestSeries;
import org.ringdown.sip.transaction.Wiring;
import org.ringdown.sip.transport.Destination;

/** One MESSAGE on its way (RFC 3428 section 4). */
public record TextSender(Consumer<SipStatus> result) implements RequestSeries.Outcome {
  /** Sends the text; the result comes once. */
  public static void send(OutgoingText text, Wiring wiring, Consumer<SipStatus> result) {
    if (!text.terms().way().registered()) {
      send(text, text.to(), wiring, result);
      return;
    }
    var unused =
        wiring
            .contacts()
            .find(text.requestUri(), text.to())
            .thenAccept(
                found ->
                    found.ifPresentOrElse(
                        there -> send(text, there, wiring, result),
                        () -> result.accept(wiring.phoneIsGone())));
  }

  private static void send(
      OutgoingText text, Destination there, Wiring wiring, Consumer<SipStatus> result) {
    Mailbox mailbox = wiring.mailbox();
    OutgoingText.Terms terms = text.terms();
    RequestSeries.Head head =
        new RequestSeries.Head(
            Request.MESSAGE,
            text.requestUri(),
            text.from(),
            text.callee(),
            () -> there,
            terms.way().patience());
    RequestSeries series = new RequestSeries(head, terms.credentials(), wiring, mailbox);
    mailbox.post(
        () ->
            series.send(
                (request, local) -> {
                  wiring.messages().text(request, text.text());
                  AdditionalHeaders.put(request, terms.headers());
                  wiring.messages().route(request, terms.way().route());
                },
                new TextSender(result)));
  }

  @Override
  public void onFinal(Response response) {
    result.accept(Reasons.ofResponse(response.getStatusCode(), response));
  }

  @Override
  public void onFailure(SipStatus status) {
    result.accept(status);
  }
}
