package org.ringdown.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import java.util.regex.Pattern;
import javax.sip.header.ContentDispositionHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.message.Message;
import org.jspecify.annotations.Nullable;

/** What the bodies of messages hold. */
public final class Bodies {
  private static final Pattern SDP_TYPE =
      Pattern.compile("(?im)^(content-type|c)[ \\t]*:[ \\t]*application/sdp[ \\t]*(;|$)");

  private Bodies() {}

  /** The SDP of a message, alone or as a part of multipart/mixed (RFC 5621); null if none. */
  public static @Nullable String sdp(Message message) {
    ContentTypeHeader type = (ContentTypeHeader) message.getHeader(ContentTypeHeader.NAME);
    byte[] body = message.getRawContent();
    if (type == null || body == null || body.length == 0) {
      return null;
    }
    if (is(type, "application", "sdp")) {
      return new String(body, UTF_8);
    }
    return type.getContentType().equalsIgnoreCase("multipart") ? sdpPart(type, body) : null;
  }

  /** Whether a body is there that we must understand but do not (RFC 3261 section 8.2.3). */
  public static boolean unsupported(Message message) {
    byte[] body = message.getRawContent();
    if (body == null || body.length == 0 || isOptional(message)) {
      return false;
    }
    return isEncoded(message) || sdp(message) == null;
  }

  /** Whether a body is plain text that we can read; one without a type is none. */
  public static boolean isText(Message message) {
    ContentTypeHeader type = (ContentTypeHeader) message.getHeader(ContentTypeHeader.NAME);
    return type != null && is(type, "text", "plain") && !isEncoded(message);
  }

  static boolean is(ContentTypeHeader type, String main, String sub) {
    return type.getContentType().equalsIgnoreCase(main)
        && type.getContentSubType().equalsIgnoreCase(sub);
  }

  private static boolean isOptional(Message message) {
    ContentDispositionHeader disposition = message.getContentDisposition();
    return disposition != null && "optional".equalsIgnoreCase(disposition.getHandling());
  }

  private static boolean isEncoded(Message message) {
    return message.getContentEncoding() != null
        && !"identity".equalsIgnoreCase(message.getContentEncoding().getEncoding());
  }

  /** Parts are divided as RFC 2046 section 5.1.1 says; JAIN-SIP takes the boundary for a regex. */
  private static @Nullable String sdpPart(ContentTypeHeader type, byte[] body) {
    String boundary = type.getParameter("boundary");
    if (boundary == null || boundary.isEmpty()) {
      return null;
    }
    String text = "\r\n" + new String(body, UTF_8);
    for (String part : Splitter.on("\r\n--" + boundary).split(text)) {
      int headerEnd = part.indexOf("\r\n\r\n");
      if (headerEnd >= 0 && SDP_TYPE.matcher(part.substring(0, headerEnd)).find()) {
        String sdp = part.substring(headerEnd + 4);
        return sdp.endsWith("\n") ? sdp : sdp + "\r\n";
      }
    }
    return null;
  }
}
