package org.ringdown.gateway.sdp;

import com.google.common.collect.ImmutableList;
import org.ringdown.gateway.sdp.stream.MediaStream;

/**
 * What one side says of a session, understood: streams, and how they are carried in the dialect.
 * Immutable. Two descriptions that are equal have the same text.
 */
public sealed interface Description permits PlainSdp, WebRtcSdp {
  /** The streams, one per media section and in their order, refused ones too. */
  ImmutableList<MediaStream> streams();

  /**
   * The text, with CRLF line ends.
   *
   * @param sessionId the session's number in {@code o=}; one for the whole life of a leg
   * @param version raised by one whenever the text changes (RFC 3264 section 8)
   */
  String write(long sessionId, long version);
}
