package org.ringdown.sip;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import gov.nist.javax.sip.message.SIPRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.sip.address.SipURI;
import javax.sip.address.TelURL;
import javax.sip.address.URI;
import javax.sip.header.AcceptHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.RequireHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.message.Bodies;
import org.ringdown.sip.message.Reasons;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.SessionExpires;
import org.ringdown.sip.message.SipMessages;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.message.Uris;
import org.ringdown.sip.stack.Fault;
import org.ringdown.sip.transaction.Wiring;
import org.ringdown.sip.transport.PacketSource;
import org.ringdown.sip.transport.SipTransport;

/** The inspections of RFC 3261 section 8.2 that come before any handling of a request. */
final class RequestCheck {
  private static final ImmutableSet<String> METHODS =
      ImmutableSet.of(
          Request.INVITE,
          Request.BYE,
          Request.OPTIONS,
          Request.INFO,
          Request.UPDATE,
          Request.PRACK,
          Request.REFER,
          Request.NOTIFY,
          Request.MESSAGE,
          Request.REGISTER);
  private static final ImmutableSet<String> TARGET_REFRESH =
      ImmutableSet.of(Request.INVITE, Request.UPDATE);
  private static final ImmutableSet<String> WITH_CONTACT =
      ImmutableSet.of(Request.INVITE, Request.UPDATE, Request.REFER);
  private static final ImmutableSet<String> WITH_SDP =
      ImmutableSet.of(Request.INVITE, Request.UPDATE, Request.PRACK, Request.OPTIONS);
  private static final ImmutableSet<String> EXTENSIONS =
      ImmutableSet.of("100rel", "timer", "norefersub", "replaces");

  private final SipMessages messages;

  RequestCheck(SipMessages messages) {
    this.messages = messages;
  }

  /** The response that refuses a request, or null if there is nothing against it. */
  @Nullable Response refusal(Request request) {
    if (((SIPRequest) request).getApplicationData() instanceof Fault fault) {
      return plain(request, fault.code());
    }
    if (lacksContact(request)) {
      return plain(request, Response.BAD_REQUEST);
    }
    return isDowngraded(request) ? downgraded(request) : unsuited(request);
  }

  /** A sips URI, of ours or of the sender, that somebody uses without TLS (RFC 3261 26.2.2). */
  private static boolean isDowngraded(Request request) {
    return PacketSource.of(request).transport() != SipTransport.TLS
        && (Uris.isSecure(request.getRequestURI()) || hasSecureContact(request));
  }

  private static boolean hasSecureContact(Request request) {
    Iterator<?> contacts = request.getHeaders(ContactHeader.NAME);
    while (contacts != null && contacts.hasNext()) {
      ContactHeader contact = (ContactHeader) contacts.next();
      if (!contact.isWildCard() && Uris.isSecure(contact.getAddress().getURI())) {
        return true;
      }
    }
    return false;
  }

  /** Not 416, which would say that nobody here knows the scheme (RFC 5630 section 4). */
  private Response downgraded(Request request) {
    SipStatus refusal = new SipStatus(480, Reasons.phrase(480), 0, Wiring.TLS_ONLY);
    return messages.refusal(request, refusal, SipMessages.statelessTag(request));
  }

  private static boolean lacksContact(Request request) {
    ContactHeader contact = (ContactHeader) request.getHeader(ContactHeader.NAME);
    return WITH_CONTACT.contains(request.getMethod())
        && (contact == null
            || contact.isWildCard()
            || !(contact.getAddress().getURI() instanceof SipURI));
  }

  private @Nullable Response unsuited(Request request) {
    String method = request.getMethod();
    if (method.equals(Request.SUBSCRIBE) || method.equals(Request.PUBLISH)) {
      return plain(request, 489); // RFC 6665 section 8.2.1: no event package is known here.
    }
    if (!METHODS.contains(method)) {
      return with(plain(request, Response.METHOD_NOT_ALLOWED), "Allow", SipMessages.ALLOW);
    }
    if (!isUriKnown(request.getRequestURI())) {
      return plain(request, Response.UNSUPPORTED_URI_SCHEME);
    }
    if (isSpent(request)) {
      return plain(request, Response.TOO_MANY_HOPS);
    }
    return unsupported(request);
  }

  private @Nullable Response unsupported(Request request) {
    List<String> unknown = new ArrayList<>(Requests.values(request, RequireHeader.NAME));
    unknown.removeIf(tag -> EXTENSIONS.contains(Ascii.toLowerCase(tag)));
    if (!unknown.isEmpty()) {
      String tags = String.join(", ", unknown);
      return with(plain(request, Response.BAD_EXTENSION), "Unsupported", tags);
    }
    if (TARGET_REFRESH.contains(request.getMethod()) && isTooBrief(request)) {
      String least = Integer.toString(SessionExpires.LEAST_SECONDS);
      return with(plain(request, Reasons.SESSION_INTERVAL_TOO_SMALL), "Min-SE", least);
    }
    boolean body = WITH_SDP.contains(request.getMethod()) && Bodies.unsupported(request);
    if (body) {
      return unsupportedBody(request, SipMessages.ACCEPT);
    }
    if (request.getMethod().equals(Request.MESSAGE) && !Bodies.isText(request)) {
      return unsupportedBody(request, "text/plain");
    }
    return takesSdp(request) ? null : plain(request, Response.NOT_ACCEPTABLE);
  }

  /** RFC 4028 section 9: only who understands a 422 gets one. */
  private static boolean isTooBrief(Request request) {
    SessionExpires wish = SessionExpires.in(request);
    return wish != null
        && wish.seconds() < SessionExpires.LEAST_SECONDS
        && SessionExpires.isSupported(request);
  }

  private static boolean isUriKnown(URI uri) {
    return uri instanceof SipURI || uri instanceof TelURL;
  }

  /** An OPTIONS may be answered by whom it reaches last (RFC 3261 section 11). */
  private static boolean isSpent(Request request) {
    MaxForwardsHeader hops = (MaxForwardsHeader) request.getHeader(MaxForwardsHeader.NAME);
    return hops != null
        && hops.getMaxForwards() == 0
        && !request.getMethod().equals(Request.OPTIONS);
  }

  /** Whether a call can be answered with SDP (RFC 3261 section 20.1). */
  private static boolean takesSdp(Request request) {
    List<String> accepted = Requests.values(request, AcceptHeader.NAME);
    return accepted.isEmpty()
        || !request.getMethod().equals(Request.INVITE)
        || accepted.stream()
            .map(Ascii::toLowerCase)
            .anyMatch(type -> type.matches("(application/(sdp|\\*)|\\*/\\*)\\s*(;.*)?"));
  }

  private Response unsupportedBody(Request request, String accepted) {
    Response response = plain(request, Response.UNSUPPORTED_MEDIA_TYPE);
    SipMessages.set(response, "Accept-Encoding", "identity");
    return with(response, "Accept", accepted);
  }

  private Response plain(Request request, int code) {
    return messages.response(request, code, SipMessages.statelessTag(request));
  }

  private static Response with(Response response, String name, String value) {
    SipMessages.set(response, name, value);
    return response;
  }
}
