package org.ringdown.gateway.testkit.sip.message;

import com.google.common.base.Ascii;
import com.google.common.base.Utf8;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.testkit.script.Options;
import org.ringdown.sip.wire.SipText;

/** A SIP message being written. Not thread-safe. */
public final class Draft {
  private final String startLine;
  private final List<SipText.Header> headers = new ArrayList<>();
  private final Set<String> scripted = new HashSet<>();
  private String body = "";

  /** Without headers and body yet. */
  public Draft(String startLine) {
    this.startLine = startLine;
  }

  /** Adds a header. */
  public Draft header(String name, String value) {
    headers.add(new SipText.Header(name, value));
    return this;
  }

  /** Adds a header for each value. */
  public Draft headers(String name, List<String> values) {
    values.forEach(value -> header(name, value));
    return this;
  }

  /** Sets the body and its type; nothing without a description. */
  public Draft sdp(@Nullable String sdp) {
    if (sdp != null) {
      header("Content-Type", "application/sdp");
      body = sdp;
    }
    return this;
  }

  /** Puts the script's headers and body in the place of ours, or beside them. */
  public Draft apply(Options options) {
    options.header().forEach(this::replace);
    options.header().keySet().forEach(name -> scripted.add(Ascii.toLowerCase(name)));
    String text = options.body();
    if (text != null) {
      body = text.replaceAll("\r?\n", "\r\n");
    }
    return this;
  }

  private void replace(String name, @Nullable String value) {
    headers.removeIf(header -> header.name().equalsIgnoreCase(name));
    if (value != null) {
      header(name, value);
    }
  }

  /** Sets a header that may be there already, unless the script has set it. */
  public Draft set(String name, String value) {
    if (!scripted.contains(Ascii.toLowerCase(name))) {
      replace(name, value);
    }
    return this;
  }

  /**
   * The message.
   *
   * @param via the first header; empty for none
   */
  public String text(String via) {
    StringBuilder out = new StringBuilder(startLine).append("\r\n");
    if (!via.isEmpty() && !scripted.contains("via")) {
      out.append("Via: ").append(via).append("\r\n");
    }
    headers.forEach(h -> out.append(h.name()).append(": ").append(h.value()).append("\r\n"));
    if (!scripted.contains("content-length")) {
      out.append("Content-Length: ").append(Utf8.encodedLength(body)).append("\r\n");
    }
    return out.append("\r\n").append(body).toString();
  }
}
