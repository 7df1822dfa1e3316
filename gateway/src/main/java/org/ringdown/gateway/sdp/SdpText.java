package org.ringdown.gateway.sdp;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import org.ringdown.gateway.sdp.line.Addresses;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.gateway.sdp.stream.MediaStream;

/** Lines being written, and what both dialects write in the same way. */
final class SdpText {
  private final StringBuilder text = new StringBuilder(1024);

  SdpText line(String line) {
    text.append(line).append("\r\n");
    return this;
  }

  SdpText attribute(String name, String value) {
    return line("a=" + name + ":" + value);
  }

  /** The first three lines. */
  SdpText origin(long sessionId, long version, InetAddress address) {
    return line("v=0")
        .line("o=- " + sessionId + " " + version + " " + Addresses.connection(address))
        .line("s=-");
  }

  /** What the stream's codecs are, and how long its packets. */
  SdpText codecs(MediaStream stream) {
    for (Codec codec : stream.codecs()) {
      attribute("rtpmap", codec.payloadType() + " " + codec.encoding());
      if (!codec.fmtp().isEmpty()) {
        attribute("fmtp", codec.payloadType() + " " + codec.fmtp());
      }
    }
    feedback(stream.codecs());
    if (stream.ptimeMs() > 0) {
      attribute("ptime", Integer.toString(stream.ptimeMs()));
    }
    if (stream.maxptimeMs() > 0) {
      attribute("maxptime", Integer.toString(stream.maxptimeMs()));
    }
    return this;
  }

  /** Once for all codecs if they have the same, as it mostly is; else for each. */
  private void feedback(ImmutableList<Codec> codecs) {
    boolean same = !codecs.isEmpty() && haveSameFeedback(codecs);
    for (Codec codec : same ? codecs.subList(0, 1) : codecs) {
      String format = same ? "*" : Integer.toString(codec.payloadType());
      codec.feedback().forEach(value -> attribute("rtcp-fb", format + " " + value));
    }
  }

  private static boolean haveSameFeedback(ImmutableList<Codec> codecs) {
    for (Codec codec : codecs) {
      if (!codec.feedback().equals(codecs.get(0).feedback())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
