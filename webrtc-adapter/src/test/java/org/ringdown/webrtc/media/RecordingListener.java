package org.ringdown.webrtc.media;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Remembers what a path told it. */
final class RecordingListener implements PeerTransport.Listener {
  private final List<PeerTransport.State> states = Collections.synchronizedList(new ArrayList<>());
  private final BlockingQueue<byte[]> rtp = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> rtcp = new LinkedBlockingQueue<>();

  @Override
  public void onState(PeerTransport.State state) {
    states.add(state);
  }

  @Override
  public void onRtp(ByteBuffer packet) {
    rtp.add(bytes(packet));
  }

  @Override
  public void onRtcp(ByteBuffer packet) {
    rtcp.add(bytes(packet));
  }

  private static byte[] bytes(ByteBuffer packet) {
    if (packet.capacity() - packet.limit() < 64) {
      throw new AssertionError("there must be 64 bytes of room");
    }
    byte[] bytes = new byte[packet.remaining()];
    packet.get(packet.position(), bytes);
    return bytes;
  }

  ImmutableList<PeerTransport.State> states() {
    synchronized (states) {
      return ImmutableList.copyOf(states);
    }
  }

  BlockingQueue<byte[]> rtp() {
    return rtp;
  }

  BlockingQueue<byte[]> rtcp() {
    return rtcp;
  }
}
