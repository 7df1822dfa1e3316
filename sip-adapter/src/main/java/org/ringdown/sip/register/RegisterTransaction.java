package org.ringdown.sip.register;

import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import javax.sip.ServerTransaction;
import javax.sip.address.URI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.challenge.Authentication;
import org.ringdown.sip.challenge.AuthenticationCheck;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.message.Uris;
import org.ringdown.sip.transaction.OneAnswer;
import org.ringdown.sip.transport.PacketSource;
import org.ringdown.sip.transport.SipTransport;

/** A REGISTER and the server transaction that answers it. */
public final class RegisterTransaction implements RegisterRequest {
  private final OneAnswer answer;
  private final Request request;
  private final SipMessages messages;
  private final Bindings bindings;

  /** A REGISTER that waits for its answer, and what it asks for. */
  public RegisterTransaction(
      ServerTransaction transaction,
      Bindings bindings,
      SipMessages messages,
      AuthenticationCheck check) {
    this.answer = new OneAnswer(transaction, messages, check);
    this.request = transaction.getRequest();
    this.bindings = bindings;
    this.messages = messages;
  }

  @Override
  public String user() {
    return Uris.user(to());
  }

  @Override
  public String addressOfRecord() {
    return to().toString();
  }

  private URI to() {
    return ((ToHeader) request.getHeader(ToHeader.NAME)).getAddress().getURI();
  }

  @Override
  public Authentication authentication() {
    return answer.authentication();
  }

  @Override
  public InetSocketAddress source() {
    return PacketSource.of(request).address();
  }

  @Override
  public SipTransport transport() {
    return PacketSource.of(request).transport();
  }

  @Override
  public String callId() {
    return Requests.callId(request);
  }

  @Override
  public long cseq() {
    return ((CSeqHeader) request.getHeader(CSeqHeader.NAME)).getSeqNumber();
  }

  @Override
  public String userAgent() {
    return String.join(" ", Requests.values(request, "User-Agent"));
  }

  @Override
  public boolean removesAll() {
    return bindings.removesAll();
  }

  @Override
  public ImmutableList<Contact> contacts() {
    return bindings.contacts();
  }

  @Override
  public void challenge() {
    answer.challenge();
  }

  @Override
  public void accept(ImmutableList<Contact> now) {
    Response response = messages.response(request, Response.OK, messages.token());
    SipMessages.set(response, "Date", SipMessages.date(Clock.systemUTC().instant()));
    SipMessages.add(response, "Contact", now.stream().map(Bindings::headerValue).toList());
    answer.send(response);
  }

  @Override
  public void refuse(SipStatus status, @Nullable Duration minExpires) {
    Response response = messages.refusal(request, status, messages.token());
    if (minExpires != null) {
      SipMessages.set(response, "Min-Expires", Long.toString(minExpires.toSeconds()));
    }
    answer.send(response);
  }
}
