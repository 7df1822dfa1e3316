package org.ringdown.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import gov.nist.javax.sip.address.AddressFactoryImpl;
import java.io.ByteArrayOutputStream;
import java.text.ParseException;
import javax.sip.address.SipURI;
import javax.sip.address.TelURL;
import javax.sip.address.URI;

/** The user part of URIs, with and without its escapes (RFC 3261 section 25.1). */
public final class Uris {
  /** {@code unreserved} and {@code user-unreserved}. */
  private static final String PLAIN = "-_.!~*'()&=+$,;?/";

  /** {@code unreserved}. */
  private static final String UNRESERVED = "-_.!~*'()";

  private Uris() {}

  /**
   * A URI as JAIN-SIP has it.
   *
   * @throws ParseException if it is none
   */
  public static URI parse(String uri) throws ParseException {
    return new AddressFactoryImpl().createURI(uri);
  }

  /** The user part without escapes, the number of a tel URI, or empty. */
  public static String user(URI uri) {
    if (uri instanceof SipURI sip) {
      return sip.getUser() == null ? "" : unescape(sip.getUser());
    }
    return uri instanceof TelURL tel ? tel.getPhoneNumber() : "";
  }

  /** Whether a URI may be reached over TLS only (RFC 3261 section 19.1). */
  public static boolean isSecure(URI uri) {
    return uri instanceof SipURI sip && sip.isSecure();
  }

  /** Undoes percent escapes; what is no escape stays as it is. */
  public static String unescape(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] bytes = text.getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      int value = bytes[i] == '%' && i + 2 < bytes.length ? hex(bytes[i + 1], bytes[i + 2]) : -1;
      out.write(value < 0 ? bytes[i] : value);
      i += value < 0 ? 0 : 2;
    }
    return out.toString(UTF_8);
  }

  private static int hex(byte high, byte low) {
    int h = Character.digit(high, 16);
    int l = Character.digit(low, 16);
    return h < 0 || l < 0 ? -1 : h * 16 + l;
  }

  /** Escapes what may not stand in a user part. */
  public static String escapeUser(String user) {
    return escape(user, PLAIN);
  }

  /** Escapes all that may not stand for itself in the value of a URI's header field. */
  public static String escapeHeader(String value) {
    return escape(value, UNRESERVED);
  }

  private static String escape(String text, String plain) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      if ((c < 0x80 && Character.isLetterOrDigit(c)) || plain.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append(String.format("%%%02X", (int) c));
      }
    }
    return out.toString();
  }
}
