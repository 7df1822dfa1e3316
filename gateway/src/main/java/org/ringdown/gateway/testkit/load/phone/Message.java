package org.ringdown.gateway.testkit.load.phone;

import java.util.concurrent.ThreadLocalRandom;
import org.ringdown.sip.wire.SipText;
import org.ringdown.sip.wire.SipWire;

/** A SIP message being written (RFC 3261 section 7). Not thread-safe. */
final class Message {
  private final StringBuilder text = new StringBuilder(1024);

  private Message(String startLine) {
    text.append(startLine).append("\r\n");
  }

  static Message request(String method, String uri) {
    return new Message(method + " " + uri + " SIP/2.0").header("Max-Forwards", "70");
  }

  /**
   * The response to a request.
   *
   * @param status code and phrase
   * @param tag for the To header, unless it has one
   */
  static Message response(SipText request, String status, String tag) {
    Message response = new Message("SIP/2.0 " + status);
    request.all("Via").forEach(via -> response.header("Via", via));
    String to = request.header("To");
    return response
        .header("From", request.header("From"))
        .header("To", to.contains(";tag=") ? to : to + ";tag=" + tag)
        .header("Call-ID", request.header("Call-ID"))
        .header("CSeq", request.header("CSeq"));
  }

  Message header(String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
    return this;
  }

  byte[] plain() {
    text.append("Content-Length: 0\r\n\r\n");
    return SipWire.bytes(text.toString());
  }

  /** With an SDP, which is ASCII. */
  byte[] with(String sdp) {
    header("Content-Type", "application/sdp");
    text.append("Content-Length: ").append(sdp.length()).append("\r\n\r\n").append(sdp);
    return SipWire.bytes(text.toString());
  }

  /** A word that nobody else uses. */
  static String token() {
    return Long.toHexString(ThreadLocalRandom.current().nextLong());
  }
}
