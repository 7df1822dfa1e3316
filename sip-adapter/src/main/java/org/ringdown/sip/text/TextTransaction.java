package org.ringdown.sip.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.ringdown.sip.challenge.AuthenticationCheck;
import org.ringdown.sip.dialog.InviteFacts;
import org.ringdown.sip.leg.Arrival;
import org.ringdown.sip.leg.Replacing;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.transaction.OneAnswer;

/** A MESSAGE and the server transaction that answers it. */
public final class TextTransaction implements TextRequest {
  private final OneAnswer answer;
  private final Request request;
  private final SipMessages messages;

  /** A MESSAGE that waits for its answer. */
  public TextTransaction(
      ServerTransaction transaction, SipMessages messages, AuthenticationCheck check) {
    this.answer = new OneAnswer(transaction, messages, check);
    this.request = transaction.getRequest();
    this.messages = messages;
  }

  @Override
  public Arrival arrival() {
    return InviteFacts.of(request, answer.authentication(), new Replacing.Nothing());
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
