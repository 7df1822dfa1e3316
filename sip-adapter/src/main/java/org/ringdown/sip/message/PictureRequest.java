package org.ringdown.sip.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;
import javax.sip.header.ContentTypeHeader;
import javax.sip.message.Request;

/** The wish for a whole picture, in an INFO (RFC 5168): {@code application/media_control+xml}. */
public final class PictureRequest {
  static final String SUBTYPE = "media_control+xml";
  static final String BODY =
      """
      <?xml version="1.0" encoding="utf-8"?>
      <media_control><vc_primitive><to_encoder><picture_fast_update/></to_encoder></vc_primitive></media_control>
      """
          .replace("\n", "\r\n");

  /** The name alone counts: nothing else in there has a meaning for us. */
  private static final Pattern WISH = Pattern.compile("<(\\w+:)?picture_fast_update[\\s/>]");

  private PictureRequest() {}

  /** Whether an INFO is about the control of media at all. */
  public static boolean isControl(Request info) {
    ContentTypeHeader type = (ContentTypeHeader) info.getHeader(ContentTypeHeader.NAME);
    return type != null && Bodies.is(type, "application", SUBTYPE) && info.getRawContent() != null;
  }

  /** Whether it asks for a whole picture. */
  public static boolean in(Request info) {
    return isControl(info) && WISH.matcher(new String(info.getRawContent(), UTF_8)).find();
  }
}
