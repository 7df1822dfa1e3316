package org.ringdown.gateway.sdp.relay;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.gateway.sdp.stream.Direction;
import org.ringdown.gateway.sdp.stream.MediaStream;

/** Streams as offers and answers have them. */
final class TestStreams {
  private TestStreams() {}

  static MediaStream audio(Codec... codecs) {
    return MediaStream.audio().withCodecs(ImmutableList.copyOf(codecs));
  }

  static MediaStream video(Codec... codecs) {
    return new MediaStream(
        MediaStream.Kind.VIDEO, null, Direction.SENDRECV, ImmutableList.copyOf(codecs), 0, 0, null);
  }

  static List<String> codecs(MediaStream stream) {
    return stream.codecs().stream().map(c -> c.payloadType() + " " + c.encoding()).toList();
  }
}
