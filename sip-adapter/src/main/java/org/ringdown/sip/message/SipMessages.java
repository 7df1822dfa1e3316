package org.ringdown.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import gov.nist.javax.sip.address.AddressFactoryImpl;
import gov.nist.javax.sip.header.ExtensionHeaderImpl;
import gov.nist.javax.sip.header.HeaderFactoryImpl;
import gov.nist.javax.sip.message.MessageFactoryImpl;
import gov.nist.javax.sip.message.SIPRequest;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.address.Address;
import javax.sip.address.AddressFactory;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.Header;
import javax.sip.header.HeaderFactory;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Message;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * Writes our messages and the headers in them. What comes from outside (display names, phrases,
 * additional headers) is stripped of control characters here, so that it cannot become a header of
 * its own. Safe from any thread.
 */
public final class SipMessages {
  /** The option tag of reliable provisional responses (RFC 3262). */
  public static final String RELIABLE = "100rel";

  /** The methods we take. */
  public static final String ALLOW =
      "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, REGISTER, REFER, NOTIFY, MESSAGE";

  static final String SUPPORTED = "100rel, timer, norefersub, replaces";

  /** The bodies we take in an INVITE. */
  public static final String ACCEPT = "application/sdp";

  /** How many hops a request of ours may take (RFC 3261 section 8.1.1.6). */
  public static final int MOST_HOPS = 70;

  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  private final HeaderFactory headers = new HeaderFactoryImpl();
  private final AddressFactory addresses = new AddressFactoryImpl();
  private final MessageFactory factory = new MessageFactoryImpl();
  private final SecureRandom random = new SecureRandom();
  private final String realm;
  private final String userAgent;

  /** Writes for the gateway of this realm, which calls itself so. */
  public SipMessages(String realm, String userAgent) {
    this.realm = realm;
    this.userAgent = userAgent;
  }

  /** The URI of this gateway as a whole. */
  public String ownUri() {
    return "sip:" + realm;
  }

  /** Fresh random text for a tag, a branch or a Call-ID. */
  public String token() {
    byte[] bytes = new byte[10];
    random.nextBytes(bytes);
    return BaseEncoding.base16().lowerCase().encode(bytes);
  }

  /** A response with our Server header; the To tag is set except for 100 (RFC 3261 8.2.6.2). */
  public Response response(Request request, int code, String toTag) {
    try {
      Response response = factory.createResponse(code, request);
      response.setReasonPhrase(Reasons.phrase(code));
      ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
      if (code > 100 && to.getTag() == null) {
        to.setTag(toTag);
      }
      set(response, "Server", userAgent);
      return response;
    } catch (ParseException e) {
      throw new IllegalArgumentException("no such response: " + code, e);
    }
  }

  /**
   * A final response that says why: phrase, Reason (RFC 6432), Warning and, for 500 and 503, when.
   */
  public Response refusal(Request request, SipStatus status, String toTag) {
    Response response = response(request, status.code(), toTag);
    try {
      response.setReasonPhrase(Reasons.clean(status.phrase()));
    } catch (ParseException e) {
      throw new IllegalArgumentException("no reason phrase: " + status.phrase(), e);
    }
    setIfAny(response, "Reason", Reasons.value(status));
    if (!status.explanation().isEmpty()) {
      set(response, "Warning", warning(status.explanation()));
    }
    if (status.code() == Response.SERVICE_UNAVAILABLE
        || status.code() == Response.SERVER_INTERNAL_ERROR) {
      set(response, "Retry-After", Integer.toString(2 + random.nextInt(8)));
    }
    return response;
  }

  /**
   * The refusal of an offer that comes while an earlier one waits for our answer (RFC 3261 section
   * 14.2, RFC 3311 section 5.2).
   */
  public Response stillBusy(Request request) {
    Response response = response(request, Response.SERVER_INTERNAL_ERROR, "");
    set(response, "Retry-After", Integer.toString(random.nextInt(11)));
    return response;
  }

  /** The value of a Warning that says this. */
  public String warning(String explanation) {
    return "399 " + realm + " \"" + Reasons.clean(explanation) + "\"";
  }

  /** The To tag of a response sent without a transaction: the same for each copy of the request. */
  public static String statelessTag(Request request) {
    String id = ((SIPRequest) request).getTransactionId();
    return Hashing.murmur3_128().hashString(id, UTF_8).toString();
  }

  /** A request outside a dialog; throws if one of the URIs is none. */
  public Request request(String method, String requestUri, Party from, NameAddress to)
      throws ParseException {
    SIPRequest request = new SIPRequest();
    request.setMethod(method);
    request.setRequestURI(addresses.createURI(clean(requestUri)));
    try {
      request.setHeader(headers.createCallIdHeader(from.callId()));
      request.setHeader(headers.createCSeqHeader(1L, method));
      request.setHeader(headers.createFromHeader(address(from.address()), from.tag()));
      request.setHeader(headers.createToHeader(address(to), null));
      request.setHeader(headers.createMaxForwardsHeader(MOST_HOPS));
    } catch (InvalidArgumentException e) {
      throw new AssertionError("constants are in range", e);
    }
    return request;
  }

  /** Sets the CSeq number of a request, 1 or more. */
  public static void number(Request request, long cseq) {
    try {
      ((CSeqHeader) request.getHeader(CSeqHeader.NAME)).setSeqNumber(cseq);
    } catch (InvalidArgumentException e) {
      throw new IllegalArgumentException("no CSeq number: " + cseq, e);
    }
  }

  /** Sets how many hops a request may take (RFC 3261 section 20.22), 0 to 255. */
  public static void limit(Request request, int hops) {
    try {
      ((MaxForwardsHeader) request.getHeader(MaxForwardsHeader.NAME)).setMaxForwards(hops);
    } catch (InvalidArgumentException e) {
      throw new IllegalArgumentException("no number of hops: " + hops, e);
    }
  }

  /** Who sends a request outside a dialog, and the call it belongs to. */
  public record Party(NameAddress address, String tag, String callId) {}

  /** A name-addr; throws if the URI is none. */
  Address address(NameAddress name) throws ParseException {
    Address address = addresses.createAddress("<" + clean(name.uri()) + ">");
    if (!name.display().isEmpty()) {
      String escaped = clean(name.display()).replace("\\", "\\\\").replace("\"", "\\\"");
      address.setDisplayName(escaped);
    }
    return address;
  }

  /** Sets our Contact. */
  public void contact(Message message, String uri) {
    try {
      ContactHeader contact = headers.createContactHeader(addresses.createAddress("<" + uri + ">"));
      message.setHeader(contact);
    } catch (ParseException e) {
      throw new IllegalArgumentException("our own contact is malformed: " + uri, e);
    }
  }

  /** Puts an SDP into a message. */
  public void sdp(Message message, String sdp) {
    content(message, "application", "sdp", sdp);
  }

  /** Puts a digit into an INFO. */
  public void dtmf(Request info, DtmfInfo digit) {
    content(info, "application", "dtmf-relay", digit.body());
  }

  /** Puts the wish for a whole picture into an INFO. */
  public void pictureRequest(Request info) {
    content(info, "application", PictureRequest.SUBTYPE, PictureRequest.BODY);
  }

  /** Puts a text into a MESSAGE (RFC 3428 section 4). */
  public void text(Request message, String text) {
    content(message, "text", "plain", text);
  }

  private void content(Message message, String type, String subtype, String text) {
    try {
      ContentTypeHeader header = headers.createContentTypeHeader(type, subtype);
      message.setContent(text.getBytes(UTF_8), header);
    } catch (ParseException e) {
      throw new AssertionError(type + "/" + subtype + " is a content type", e);
    }
  }

  /** Puts a status line into a NOTIFY (RFC 3515 section 2.4.5, RFC 3420). */
  public void sipfrag(Message message, SipStatus status) {
    try {
      ContentTypeHeader type = headers.createContentTypeHeader("message", "sipfrag");
      type.setParameter("version", "2.0");
      String line = "SIP/2.0 " + status.code() + " " + Reasons.clean(status.phrase()) + "\r\n";
      message.setContent(line.getBytes(UTF_8), type);
    } catch (ParseException e) {
      throw new AssertionError("message/sipfrag is a content type", e);
    }
  }

  /** Sets the header of that name, replacing any. */
  public static void set(Message message, String name, String value) {
    message.setHeader(header(name, value));
  }

  /** Sets the header of that name, or nothing where the value is empty. */
  public static void setIfAny(Message message, String name, String value) {
    if (!value.isEmpty()) {
      set(message, name, value);
    }
  }

  /** Sets a header JAIN-SIP itself looks at, and so wants parsed; ours, so it can be. */
  public void setParsed(Message message, String name, String value) {
    try {
      message.setHeader(headers.createHeader(name, value));
    } catch (ParseException e) {
      throw new IllegalArgumentException("our own header is malformed: " + name, e);
    }
  }

  /** Sends a request by way of a proxy (RFC 3261 section 8.1.2); null: straight. */
  public void route(Request request, @Nullable String proxyUri) {
    if (proxyUri != null) {
      setParsed(request, "Route", "<" + proxyUri + ";lr>");
    }
  }

  /** Adds headers of that name in this order. */
  public static void add(Message message, String name, Iterable<String> values) {
    try {
      for (String value : values) {
        message.addLast(header(name, value));
      }
    } catch (SipException e) {
      throw new IllegalArgumentException("only one " + name + " header may be", e);
    }
  }

  /** Sets our User-Agent or Server header and, where the peer needs it, what we accept. */
  public void signed(Request request) {
    set(request, "User-Agent", userAgent);
    if (request.getMethod().equals(Request.INVITE)) {
      set(request, "Allow", ALLOW);
      set(request, "Accept", ACCEPT);
    }
    if (request.getMethod().equals(Request.INVITE) || request.getMethod().equals(Request.UPDATE)) {
      set(request, "Supported", SUPPORTED);
    }
  }

  private static Header header(String name, String value) {
    ExtensionHeaderImpl header = new ExtensionHeaderImpl(name);
    header.setValue(clean(value));
    return header;
  }

  /** Says what we can do (RFC 3261 section 11.2). */
  public static void capabilities(Response response) {
    set(response, "Allow", ALLOW);
    set(response, "Accept", ACCEPT);
    set(response, "Supported", SUPPORTED);
  }

  /** The time in the form of the Date header (RFC 3261 section 20.17). */
  public static String date(Instant now) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        ZonedDateTime.ofInstant(now, ZoneOffset.UTC));
  }

  private static String clean(String text) {
    return CONTROLS.matcher(text).replaceAll(" ").trim();
  }
}
