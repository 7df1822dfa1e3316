package org.ringdown.sip.rtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One UDP socket that sends to where its packets come from. Safe from any thread. */
final class LatchedSocket implements RtpIoThread.Reader {
  private static final Logger log = LoggerFactory.getLogger(LatchedSocket.class);

  private static final int SHORTEST_PACKET = 8;

  private final DatagramChannel channel;
  private final InetSocketAddress local;
  private final Sink sink;
  private final SymmetricLatch latch = new SymmetricLatch();
  private boolean sinkFailed;

  LatchedSocket(DatagramChannel channel, InetSocketAddress local, Sink sink) {
    this.channel = channel;
    this.local = local;
    this.sink = sink;
  }

  InetSocketAddress local() {
    return local;
  }

  SymmetricLatch latch() {
    return latch;
  }

  DatagramChannel channel() {
    return channel;
  }

  /** Sends, or drops: a full socket buffer or an unreachable network is the network's loss. */
  void send(ByteBuffer packet) {
    InetSocketAddress target = latch.target();
    if (target == null) {
      return;
    }
    try {
      channel.send(packet, target);
    } catch (IOException | UnresolvedAddressException | UnsupportedAddressTypeException e) {
      log.trace("packet from {} dropped: {}", local, e.toString());
    }
  }

  /**
   * Takes one packet: voice comes every 20 ms, so that looking for a second one would nearly always
   * be in vain. The selector comes back if there is one.
   */
  @Override
  public void read(ByteBuffer arrival, ByteBuffer buffer) {
    try {
      InetSocketAddress source = (InetSocketAddress) channel.receive(arrival.clear());
      boolean cutOff = !arrival.hasRemaining();
      buffer.clear().put(arrival.flip()).flip();
      if (source != null && !cutOff && looksLikeRtp(buffer)) {
        take(buffer, source, System.nanoTime());
      }
    } catch (IOException e) {
      log.trace("{} stopped receiving: {}", local, e.toString());
    }
  }

  /** RFC 7983: 128..191 is RTP or RTCP; STUN, DTLS and noise are not. */
  private static boolean looksLikeRtp(ByteBuffer packet) {
    return packet.remaining() >= SHORTEST_PACKET && (packet.get(0) & 0xC0) == 0x80;
  }

  /** A source counts only once a packet of it has proved to be the peer's. */
  private void take(ByteBuffer packet, InetSocketAddress source, long nowNanos) {
    try {
      if (latch.admits(source, nowNanos)
          && sink.isGenuine(packet)
          && latch.accept(source, nowNanos)) {
        sink.onPacket(packet);
      }
    } catch (RuntimeException e) {
      if (!sinkFailed) {
        sinkFailed = true;
        log.error("a packet for {} could not be handled; said once for this port", local, e);
      }
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes what comes from the peer. */
  interface Sink {
    /** Whether the packet is the peer's; it is decrypted in place if it is. */
    boolean isGenuine(ByteBuffer packet);

    void onPacket(ByteBuffer packet);
  }
}
