package org.ringdown.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A SIP message as plain text, read without any library: what the scripted peer sees. */
record SipText(String startLine, List<Header> headers, String body) {
  record Header(String name, String value) {}

  static SipText parse(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    int end = text.indexOf("\r\n\r\n");
    String[] lines = (end < 0 ? text : text.substring(0, end)).split("\r\n");
    List<Header> headers = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      String[] parts = lines[i].split(":", 2);
      headers.add(new Header(parts[0].trim(), parts.length < 2 ? "" : parts[1].trim()));
    }
    return new SipText(lines[0], headers, end < 0 ? "" : text.substring(end + 4));
  }

  boolean isRequest() {
    return !startLine.startsWith("SIP/2.0 ");
  }

  int code() {
    return Integer.parseInt(startLine.split(" ")[1]);
  }

  /** {@code 200 INVITE} for a response, {@code BYE} for a request. */
  String summary() {
    String method = header("CSeq").split(" +")[1];
    return isRequest() ? startLine.split(" ")[0] : code() + " " + method;
  }

  String header(String name) {
    return find(name).orElseThrow(() -> new AssertionError("no " + name + " in\n" + this));
  }

  Optional<String> find(String name) {
    return all(name).stream().findFirst();
  }

  List<String> all(String name) {
    return headers.stream()
        .filter(h -> h.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  String tagOf(String name) {
    String value = header(name);
    int at = value.indexOf(";tag=");
    return at < 0 ? "" : value.substring(at + 5).split("[;> ]")[0];
  }

  /** The URI between the angle brackets of the Contact. */
  String contactUri() {
    String value = header("Contact");
    return value.substring(value.indexOf('<') + 1, value.indexOf('>'));
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(startLine).append('\n');
    headers.forEach(h -> out.append(h.name()).append(": ").append(h.value()).append('\n'));
    return out.append('\n').append(body).toString();
  }
}
