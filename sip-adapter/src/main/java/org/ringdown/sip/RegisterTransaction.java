package org.ringdown.sip;

import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.address.URI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A REGISTER and the server transaction that answers it. */
final class RegisterTransaction implements RegisterRequest {
  private static final Logger LOG = LoggerFactory.getLogger(RegisterTransaction.class);

  private final ServerTransaction transaction;
  private final Request request;
  private final SipMessages messages;
  private final AuthenticationCheck check;
  private final Authentication authentication;
  private final Bindings bindings;
  private final AtomicBoolean answered = new AtomicBoolean();

  RegisterTransaction(
      ServerTransaction transaction,
      Bindings bindings,
      SipMessages messages,
      AuthenticationCheck check) {
    this.transaction = transaction;
    this.request = transaction.getRequest();
    this.bindings = bindings;
    this.messages = messages;
    this.check = check;
    this.authentication = check.check(request);
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
    return authentication;
  }

  @Override
  public InetSocketAddress source() {
    return Requests.source(request).address();
  }

  @Override
  public SipTransport transport() {
    return Requests.source(request).transport();
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
    Response response = messages.response(request, Response.UNAUTHORIZED, messages.token());
    check.challenge(response, request, authentication);
    send(response);
  }

  @Override
  public void accept(ImmutableList<Contact> now) {
    Response response = messages.response(request, Response.OK, messages.token());
    SipMessages.set(response, "Date", SipMessages.date(Clock.systemUTC().instant()));
    SipMessages.add(response, "Contact", now.stream().map(Bindings::headerValue).toList());
    send(response);
  }

  @Override
  public void refuse(SipStatus status, @Nullable Duration minExpires) {
    Response response = messages.refusal(request, status, messages.token());
    if (minExpires != null) {
      SipMessages.set(response, "Min-Expires", Long.toString(minExpires.toSeconds()));
    }
    send(response);
  }

  private void send(Response response) {
    if (!answered.compareAndSet(false, true)) {
      throw new IllegalStateException("this REGISTER is answered already");
    }
    try {
      transaction.sendResponse(response);
    } catch (SipException | InvalidArgumentException e) {
      LOG.debug("the answer to a REGISTER could not be sent: {}", e.getClass().getSimpleName());
    }
  }
}
