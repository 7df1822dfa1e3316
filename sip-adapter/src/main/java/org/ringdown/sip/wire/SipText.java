package org.ringdown.sip.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A SIP message read without any library: nothing is checked, nothing is understood but the line
 * structure and the compact names of headers (RFC 3261 section 7.3.3).
 *
 * @param startLine the request line or status line
 * @param headers in their order, folded lines not joined
 * @param body what stands behind the empty line
 */
public record SipText(String startLine, ImmutableList<Header> headers, String body) {
  private static final ImmutableMap<String, String> LONG_NAMES =
      ImmutableMap.of(
          "f",
          "From",
          "t",
          "To",
          "v",
          "Via",
          "i",
          "Call-ID",
          "m",
          "Contact",
          "l",
          "Content-Length",
          "c",
          "Content-Type",
          "k",
          "Supported",
          "r",
          "Refer-To",
          "x",
          "Session-Expires");

  /** One header line. */
  public record Header(String name, String value) {}

  /** Takes a message apart; a text without a colon in a header line has a header without value. */
  public static SipText parse(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    int end = text.indexOf("\r\n\r\n");
    String[] lines = (end < 0 ? text : text.substring(0, end)).split("\r\n");
    ImmutableList.Builder<Header> headers = ImmutableList.builder();
    for (int i = 1; i < lines.length; i++) {
      String[] parts = lines[i].split(":", 2);
      String name = parts[0].trim();
      headers.add(
          new Header(LONG_NAMES.getOrDefault(name, name), parts.length < 2 ? "" : parts[1].trim()));
    }
    return new SipText(lines[0], headers.build(), end < 0 ? "" : text.substring(end + 4));
  }

  /** Whether it is a request. */
  public boolean isRequest() {
    return !startLine.startsWith("SIP/2.0 ");
  }

  /** The status code of a response, 0 for a request. */
  public int code() {
    return isRequest() ? 0 : Integer.parseInt(startLine.split(" ")[1]);
  }

  /** The method of a request, or of the request that a response answers. */
  public String method() {
    return isRequest() ? startLine.split(" ")[0] : header("CSeq").split(" +")[1];
  }

  /** {@code 200 INVITE} for a response, {@code BYE} for a request. */
  public String summary() {
    return isRequest() ? method() : code() + " " + method();
  }

  /**
   * The value of the first header of this name.
   *
   * @throws NoSuchElementException if there is none; the text shows the message
   */
  public String header(String name) {
    return find(name).orElseThrow(() -> new NoSuchElementException("no " + name + " in\n" + this));
  }

  /** The value of the first header of this name, in any letter case. */
  public Optional<String> find(String name) {
    return all(name).stream().findFirst();
  }

  /** The values of all headers of this name. */
  public ImmutableList<String> all(String name) {
    return headers.stream()
        .filter(h -> h.name().equalsIgnoreCase(name))
        .map(Header::value)
        .collect(ImmutableList.toImmutableList());
  }

  /** The tag parameter of a From or To; empty if there is none. */
  public String tagOf(String name) {
    String value = header(name);
    int at = value.indexOf(";tag=");
    return at < 0 ? "" : value.substring(at + 5).split("[;> ]")[0];
  }

  /** The URI between the angle brackets of the Contact, or the Contact's whole address. */
  public String contactUri() {
    return uri(header("Contact"));
  }

  /** The URI of an address header's value (RFC 3261 section 20.10). */
  public static String uri(String value) {
    int open = value.indexOf('<');
    int close = value.indexOf('>', open);
    return open < 0 || close < 0 ? value.split(";")[0].trim() : value.substring(open + 1, close);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(startLine).append('\n');
    headers.forEach(h -> out.append(h.name()).append(": ").append(h.value()).append('\n'));
    return out.append('\n').append(body).toString();
  }
}
