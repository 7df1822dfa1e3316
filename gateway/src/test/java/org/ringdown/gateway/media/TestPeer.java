package org.ringdown.gateway.media;

import java.nio.ByteBuffer;
import java.util.Queue;
import org.ringdown.gateway.media.leg.LegRef;

/** The far end of a leg, played by a test. */
interface TestPeer {
  /** What an offer is to contain: payload types and rtpmaps as an SDP has them. */
  String USUAL =
      """
      0 8 101\r
      a=rtpmap:0 PCMU/8000\r
      a=rtpmap:8 PCMA/8000\r
      a=rtpmap:101 telephone-event/8000\r
      """;

  LegRef ref();

  /** Its description with these formats and this direction. */
  String sdp(String formats, String direction);

  /** The usual one. */
  default String sdp() {
    return sdp(USUAL, "sendrecv");
  }

  /** Takes the gateway's description: from now on it knows where to send. */
  void learn(String gatewaySdp);

  void send(ByteBuffer rtp);

  void sendRtcp(ByteBuffer rtcp);

  Queue<ByteBuffer> heard();

  Queue<ByteBuffer> heardRtcp();
}
