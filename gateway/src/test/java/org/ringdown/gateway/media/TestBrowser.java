package org.ringdown.gateway.media;

import java.nio.ByteBuffer;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.webrtc.media.PeerTransport;

/** A browser at the other end of a {@link FakePeers.FakePeer}. */
final class TestBrowser implements TestPeer {
  private final LegRef ref;
  private final FakePeers peers;
  private FakePeers.@Nullable FakePeer path;
  String ufrag = "brow";
  String setup = "actpass";
  String video = "";
  boolean videoFirst;
  String connection = "1";

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
    String audio = section("audio", "0", formats, direction);
    String second = video.isEmpty() ? "" : section("video", "1", video, direction);
    return ("v=0\r\no=- " + connection + " 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n")
        + ("a=group:BUNDLE 0" + (video.isEmpty() ? "" : " 1") + "\r\n")
        + (videoFirst ? second + audio : audio + second);
  }

  /** The same page after a reload: another connection. */
  TestBrowser reloaded() {
    TestBrowser fresh = new TestBrowser(ref.name(), peers);
    fresh.connection = connection + "1";
    fresh.ufrag = ufrag + "1";
    return fresh;
  }

  private String section(String kind, String mid, String formats, String direction) {
    return ("m=" + kind + " 9 UDP/TLS/RTP/SAVPF " + formats)
        + ("c=IN IP4 0.0.0.0\r\na=mid:" + mid + "\r\na=" + direction + "\r\n")
        + ("a=ice-ufrag:" + ufrag + "\r\na=ice-pwd:aPasswordOfTheBrowserSay" + ufrag + "\r\n")
        + ("a=fingerprint:sha-256 " + "12:".repeat(31) + (connection.length() + 30) + "\r\n")
        + ("a=setup:" + setup + "\r\na=rtcp-mux\r\n");
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
