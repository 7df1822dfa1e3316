package org.ringdown.gateway.media;

import com.google.common.collect.ImmutableList;
import org.ringdown.gateway.sdp.Codec;
import org.ringdown.gateway.sdp.MediaStream;

/** The codecs of one section of a description that may be shorter. */
final class Codecs {
  private Codecs() {}

  static ImmutableList<Codec> at(ImmutableList<MediaStream> streams, int section) {
    return section < streams.size() ? streams.get(section).codecs() : ImmutableList.of();
  }
}
