package org.ringdown.sip.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableSet;
import gov.nist.javax.sip.header.Authorization;
import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContentEncoding;
import gov.nist.javax.sip.header.ContentLength;
import gov.nist.javax.sip.header.ContentType;
import gov.nist.javax.sip.header.Expires;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.MaxForwards;
import gov.nist.javax.sip.header.RecordRoute;
import gov.nist.javax.sip.header.RecordRouteList;
import gov.nist.javax.sip.header.RequestLine;
import gov.nist.javax.sip.header.Require;
import gov.nist.javax.sip.header.Route;
import gov.nist.javax.sip.header.StatusLine;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import gov.nist.javax.sip.stack.MessageChannel;
import java.text.ParseException;
import java.util.Locale;
import java.util.function.Predicate;
import javax.sip.InvalidArgumentException;
import javax.sip.address.SipURI;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.log.StackLog;

/**
 * JAIN-SIP's parser with its traps closed. JAIN-SIP answers a malformed request with a 400 that
 * repeats the sender's bytes, line ends included, in its reason phrase and the whole message in its
 * body. Here such a request is reduced to the headers a response needs and marked with the {@link
 * Fault} to answer; where not even these can be read, the message is dropped. Safe from any thread.
 */
final class StrictParser implements MessageParser {
  private static final String VERSION = "SIP/2.0";
  private static final int MOST_HOPS = 70;
  private static final ImmutableSet<String> FOR_A_RESPONSE =
      ImmutableSet.of("via", "v", "from", "f", "to", "t", "call-id", "i", "cseq");

  /** Without these no message can be understood. */
  private static final ImmutableSet<Class<?>> ALWAYS =
      ImmutableSet.of(
          RequestLine.class,
          StatusLine.class,
          Via.class,
          From.class,
          To.class,
          CallID.class,
          CSeq.class,
          ContentLength.class);

  /** A request that means something else without them is refused, not misunderstood. */
  private static final ImmutableSet<Class<?>> IN_REQUESTS =
      ImmutableSet.of(
          Contact.class,
          Route.class,
          RecordRoute.class,
          Require.class,
          Expires.class,
          MaxForwards.class,
          ContentType.class,
          ContentEncoding.class,
          Authorization.class);

  private final StringMsgParser parser = new StringMsgParser();
  private final int maxBytes;
  private final Predicate<String> ignored;
  private final Framing framing;

  StrictParser(int maxBytes, Predicate<String> ignored) {
    this.framing = new Framing(maxBytes);
    this.maxBytes = maxBytes;
    this.ignored = ignored;
  }

  /** Null, which JAIN-SIP takes for a keep-alive, for what cannot be answered. */
  @Override
  public @Nullable SIPMessage parseSIPMessage(
      byte[] bytes, boolean readBody, boolean strict, @Nullable ParseExceptionListener listener) {
    if (listener instanceof MessageChannel channel && isToBeIgnored(bytes, channel)) {
      return null;
    }
    if (framing.isLost(listener)) {
      return null;
    }
    SIPMessage message = read(bytes, readBody, strict, listener);
    if (message instanceof SIPRequest request) {
      ViaPolicy.apply(request, listener);
      limitHops(request);
    }
    return message;
  }

  private @Nullable SIPMessage read(
      byte[] bytes, boolean readBody, boolean strict, @Nullable ParseExceptionListener listener) {
    if (bytes.length > maxBytes) {
      return salvaged(bytes, Response.MESSAGE_TOO_LARGE, listener);
    }
    try {
      SIPMessage message =
          parser.parseSIPMessage(bytes, readBody, strict, StrictParser::onBadHeader);
      if (message == null || isComplete(message)) {
        if (message == null || !cameAsItsViaSays(message, listener)) {
          return null;
        }
        Head head = Head.of(bytes);
        return framing.checked(judged(message, head, bytes), head, bytes, listener);
      }
    } catch (ParseException | RuntimeException e) {
      StackLog.debug("a message that cannot be parsed", e);
    }
    return salvaged(bytes, Response.BAD_REQUEST, listener);
  }

  /** One without Max-Forwards is of RFC 2543, and good; JAIN-SIP would leave it unanswered. */
  private static void limitHops(SIPRequest request) {
    if (request.getMaxForwards() != null) {
      return;
    }
    try {
      request.setHeader(new MaxForwards(MOST_HOPS));
    } catch (InvalidArgumentException e) {
      throw new AssertionError("a constant is in range", e);
    }
  }

  /** Responses are to requests of ours and always wanted. */
  private boolean isToBeIgnored(byte[] bytes, MessageChannel channel) {
    boolean response = bytes.length > 3 && bytes[0] == 'S' && bytes[1] == 'I' && bytes[2] == 'P';
    return !response && ignored.test(channel.getPeerAddress());
  }

  /** In place of JAIN-SIP's own, which answers or closes the connection by itself. */
  private static void onBadHeader(
      ParseException e,
      SIPMessage message,
      @Nullable Class<?> kind,
      String header,
      @Nullable String all)
      throws ParseException {
    boolean needed = kind != null && message instanceof SIPRequest && IN_REQUESTS.contains(kind);
    if (needed || (kind != null && ALWAYS.contains(kind))) {
      throw e;
    }
    message.addUnparsed(header);
  }

  /** JAIN-SIP lets a request of any version, and one of two meanings, pass for one of ours. */
  private static SIPMessage judged(SIPMessage message, Head head, byte[] bytes) {
    if (message instanceof SIPRequest request) {
      if (!isOurVersion(bytes)) {
        request.getRequestLine().setSipVersion(VERSION);
        request.setApplicationData(new Fault(Response.VERSION_NOT_SUPPORTED));
      } else if (!head.unambiguous() || hasForeignRoute(request)) {
        request.setApplicationData(new Fault(Response.BAD_REQUEST));
      }
    } else if (message instanceof SIPResponse response) {
      leaveOutForeign(response);
    }
    return message;
  }

  /** What a dialog cannot go on with: JAIN-SIP fails on it where it makes one. */
  private static void leaveOutForeign(SIPResponse response) {
    if (hasForeignRoute(response)) {
      response.removeHeader(RecordRoute.NAME);
    }
    boolean makesDialog =
        response.getStatusCode() < 300 && response.getCSeq().getMethod().equals(Request.INVITE);
    Contact contact = makesDialog ? response.getContactHeader() : null;
    if (contact != null
        && (contact.isWildCard() || !(contact.getAddress().getURI() instanceof SipURI))) {
      response.removeHeader(Contact.NAME);
    }
  }

  /** A Record-Route that is no SIP URI leads nowhere, and JAIN-SIP fails on it. */
  private static boolean hasForeignRoute(SIPMessage message) {
    RecordRouteList routes = message.getRecordRouteHeaders();
    return routes != null
        && routes.stream().anyMatch(route -> !(route.getAddress().getURI() instanceof SipURI));
  }

  private static boolean isOurVersion(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != '\r' && bytes[end] != '\n') {
      end++;
    }
    return new String(bytes, 0, end, UTF_8).stripTrailing().endsWith(" " + VERSION);
  }

  /**
   * A response goes by the transport in the Via; JAIN-SIP throws where it has no such socket, and
   * where it is to go on with a dialog whose response came by another than its request went.
   */
  private static boolean cameAsItsViaSays(
      @Nullable SIPMessage message, @Nullable ParseExceptionListener listener) {
    return message == null
        || !(listener instanceof MessageChannel channel)
        || channel.getTransport().equalsIgnoreCase(message.getTopmostVia().getTransport());
  }

  /** JAIN-SIP takes these headers for granted. */
  private static boolean isComplete(SIPMessage message) {
    return message.getFrom() != null
        && message.getTo() != null
        && message.getCallId() != null
        && message.getCSeq() != null
        && message.getTopmostVia() != null;
  }

  /** A request of the same kind with no more than a response needs, or null. */
  private @Nullable SIPMessage salvaged(
      byte[] bytes, int code, @Nullable ParseExceptionListener listener) {
    String[] lines =
        new String(bytes, 0, Math.min(bytes.length, maxBytes), UTF_8).split("\r?\n", -1);
    if (lines[0].startsWith("SIP/") || lines[0].startsWith("ACK ")) {
      return null;
    }
    String method = lines[0].split(" ", 2)[0];
    StringBuilder text = new StringBuilder(method).append(" sip:malformed SIP/2.0\r\n");
    for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
      String name = lines[i].split(":", 2)[0].trim().toLowerCase(Locale.ROOT);
      if (FOR_A_RESPONSE.contains(name)) {
        text.append(lines[i]).append("\r\n");
      }
    }
    SIPMessage reduced = marked(text.append("\r\n").toString(), code);
    return cameAsItsViaSays(reduced, listener) ? reduced : null;
  }

  private @Nullable SIPMessage marked(String text, int code) {
    try {
      SIPMessage message =
          parser.parseSIPMessage(text.getBytes(UTF_8), false, false, StrictParser::onBadHeader);
      if (message instanceof SIPRequest request && isComplete(request)) {
        request.setApplicationData(new Fault(code));
        return request;
      }
    } catch (ParseException | RuntimeException e) {
      StackLog.debug("a message that cannot be answered", e);
    }
    return null;
  }
}
