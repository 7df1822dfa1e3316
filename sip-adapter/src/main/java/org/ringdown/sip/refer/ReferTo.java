package org.ringdown.sip.refer;

import java.util.List;
import javax.sip.address.SipURI;
import javax.sip.address.TelURL;
import javax.sip.address.URI;
import javax.sip.header.ReferToHeader;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.message.Requests;
import org.ringdown.sip.message.Uris;

/**
 * The Refer-To of a REFER (RFC 3515 section 2.1).
 *
 * @param target the URI without header fields and method
 * @param replaces the value of the Replaces header field in it, null if it has none
 */
record ReferTo(String target, @Nullable String replaces) {

  /** Null if the REFER has not exactly one, or one that asks for something else than a call. */
  static @Nullable ReferTo in(Request refer) {
    List<String> values = Requests.values(refer, ReferToHeader.NAME);
    if (values.size() != 1
        || !(refer.getHeader(ReferToHeader.NAME) instanceof ReferToHeader header)) {
      return null;
    }
    URI uri = (URI) header.getAddress().getURI().clone();
    if (uri instanceof SipURI sip) {
      String method = sip.getMethodParam();
      return method == null || method.equals(Request.INVITE) ? of(sip) : null;
    }
    return uri instanceof TelURL ? new ReferTo(uri.toString(), null) : null;
  }

  private static ReferTo of(SipURI uri) {
    String replaces = uri.getHeader("Replaces");
    uri.removeParameter("method");
    String text = uri.toString();
    int headers = text.indexOf('?');
    return new ReferTo(
        headers < 0 ? text : text.substring(0, headers),
        replaces == null ? null : Uris.unescape(replaces));
  }
}
