package org.ringdown.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** A MESSAGE and the server transaction that answers it. */
final class TextTransaction implements TextRequest {
  private final OneAnswer answer;
  private final Request request;
  private final SipMessages messages;

  TextTransaction(ServerTransaction transaction, SipMessages messages, AuthenticationCheck check) {
    this.answer = new OneAnswer(transaction, messages, check);
    this.request = transaction.getRequest();
    this.messages = messages;
  }

  @Override
  public Arrival arrival() {
    return Requests.facts(request, answer.authentication());
  }

  @Override
  public String text() {
    byte[] body = request.getRawContent();
    return body == null ? "" : new String(body, UTF_8);
  }

  @Override
  public void challenge() {
    answer.challenge();
  }

  @Override
  public void accept() {
    answer.send(messages.response(request, Response.OK, messages.token()));
  }

  @Override
  public void refuse(SipStatus status) {
    answer.send(messages.refusal(request, status, messages.token()));
  }
}
