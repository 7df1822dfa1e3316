package org.ringdown.gateway.media;

import java.nio.ByteBuffer;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.MediaSession.LegRef;
import org.ringdown.webrtc.PeerTransport;

/** A browser at the other end of a {@link FakePeers.FakePeer}. */
final class TestBrowser implements TestPeer {
  private static final String FINGERPRINT = "sha-256 " + "12:".repeat(31) + "34";

  private final LegRef ref;
  private final FakePeers peers;
  private FakePeers.@Nullable FakePeer path;
  String ufrag = "brow";
  String setup = "actpass";
  String video = "";

  TestBrowser(String name, FakePeers peers) {
    this.ref = new LegRef(name, Dialect.WEBRTC);
    this.peers = peers;
  }

  @Override
  public LegRef ref() {
    return ref;
  }

  @Override
  public String sdp(String formats, String direction) {
    return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
        + ("a=group:BUNDLE 0" + (video.isEmpty() ? "" : " 1") + "\r\n")
        + section("audio", "0", formats, direction)
        + (video.isEmpty() ? "" : section("video", "1", video, direction));
  }

  private String section(String kind, String mid, String formats, String direction) {
    return ("m=" + kind + " 9 UDP/TLS/RTP/SAVPF " + formats)
        + ("c=IN IP4 0.0.0.0\r\na=mid:" + mid + "\r\na=" + direction + "\r\n")
        + ("a=ice-ufrag:" + ufrag + "\r\na=ice-pwd:aPasswordOfTheBrowserSay" + ufrag + "\r\n")
        + ("a=fingerprint:" + FINGERPRINT + "\r\na=setup:" + setup + "\r\na=rtcp-mux\r\n");
  }

  @Override
  public void learn(String gatewaySdp) {
    FakePeers.FakePeer known = peers.in(gatewaySdp);
    if (path == null) {
      known.become(PeerTransport.State.CONNECTED);
    }
    path = known;
  }

  FakePeers.FakePeer path() {
    FakePeers.FakePeer known = path;
    if (known == null) {
      throw new AssertionError("nothing learnt yet");
    }
    return known;
  }

  @Override
  public void send(ByteBuffer packet) {
    path().listener.onRtp(packet);
  }

  @Override
  public void sendRtcp(ByteBuffer packet) {
    path().listener.onRtcp(packet);
  }

  @Override
  public Queue<ByteBuffer> heard() {
    return path().rtp;
  }

  @Override
  public Queue<ByteBuffer> heardRtcp() {
    return path().rtcp;
  }
}
