package org.ringdown.sip;

import java.util.function.Consumer;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * One OPTIONS to see whether a server is there (RFC 3261 section 11). Not thread-safe: used within
 * its mailbox.
 */
final class OptionsPing implements RequestSeries.Outcome {
  /** A server that is there answers at once: a quarter of 64*T1 is patience enough. */
  private static final int PATIENCE_T1 = 16;

  private final Consumer<SipStatus> result;
  private boolean told;

  private OptionsPing(Consumer<SipStatus> result) {
    this.result = result;
  }

  static void send(String uri, Destination to, Wiring wiring, Consumer<SipStatus> result) {
    OptionsPing ping = new OptionsPing(result);
    Mailbox mailbox = new Mailbox(wiring.pool());
    NameAddress us = new NameAddress("", wiring.messages().ownUri());
    RequestSeries.Head head =
        new RequestSeries.Head(Request.OPTIONS, uri, us, new NameAddress("", uri), () -> to);
    RequestSeries series = new RequestSeries(head, null, wiring, mailbox);
    mailbox.post(() -> series.send(OptionsPing::complete, ping));
    wiring
        .alarms()
        .in(
            wiring.timers().t1().multipliedBy(PATIENCE_T1),
            () -> mailbox.post(() -> ping.tell(RequestSeries.NO_ANSWER)));
  }

  private static void complete(Request request, LocalPoint local) {
    SipMessages.set(request, "Accept", SipMessages.ACCEPT);
  }

  @Override
  public void onFinal(Response response) {
    tell(Reasons.ofResponse(response.getStatusCode(), response));
  }

  @Override
  public void onFailure(SipStatus status) {
    tell(status);
  }

  private void tell(SipStatus status) {
    if (!told) {
      told = true;
      result.accept(status);
    }
  }
}
