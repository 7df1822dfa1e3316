package org.ringdown.gateway.extension;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.PlainSdp;
import org.ringdown.gateway.sdp.stream.Codec;
import org.ringdown.sip.rtp.RtpPort;
import org.ringdown.sip.rtp.RtpPortRange;

/**
 * Plays the 1004 Hz test tone of telephony in G.711, a packet every 20 ms (RFC 3551 section
 * 4.5.14).
 */
final class TonePlayer implements Player {
  private static final int FRAME_MS = 20;
  private static final int FRAME_BYTES = 160;
  private static final int RTP_HEADER_BYTES = 12;
  private static final byte VERSION_2 = (byte) 0x80;
  private static final byte MARKER = (byte) 0x80;

  private final RtpPortRange ports;
  private final ScheduledExecutorService clock;
  private final Codec codec;
  private final byte[] tone;
  private final ByteBuffer packet = ByteBuffer.allocateDirect(RTP_HEADER_BYTES + FRAME_BYTES);
  private final int ssrc = ThreadLocalRandom.current().nextInt();
  private short sequence = (short) ThreadLocalRandom.current().nextInt();
  private int frame;
  private volatile @Nullable RtpPort port;
  private volatile @Nullable Future<?> ticking;

  TonePlayer(RtpPortRange ports, ScheduledExecutorService clock, Codec codec) {
    this.ports = ports;
    this.clock = clock;
    this.codec = codec;
    this.tone = codec.is("PCMA") ? TestTone.aLaw() : TestTone.muLaw();
  }

  static boolean canPlay(Codec codec) {
    return codec.is("PCMU") || codec.is("PCMA");
  }

  @Override
  public InetSocketAddress start(PlainSdp.Section section) throws IOException {
    RtpPort opened = ports.allocate(new Deaf());
    port = opened;
    Extension.connect(opened, section);
    ticking =
        clock.scheduleAtFixedRate(
            () -> opened.sendRtp(nextPacket()), FRAME_MS, FRAME_MS, TimeUnit.MILLISECONDS);
    return opened.local();
  }

  /** On the clock's thread only. */
  private ByteBuffer nextPacket() {
    packet.clear();
    packet.put(VERSION_2);
    packet.put((byte) (codec.payloadType() | (frame == 0 ? MARKER : 0)));
    packet.putShort(sequence++);
    packet.putInt(frame * FRAME_BYTES);
    packet.putInt(ssrc);
    packet.put(tone, frame * FRAME_BYTES % tone.length, FRAME_BYTES);
    frame++;
    return packet.flip();
  }

  @Override
  public void close() {
    Future<?> running = ticking;
    if (running != null) {
      running.cancel(false);
    }
    RtpPort opened = port;
    if (opened != null) {
      opened.close();
    }
  }

  /** A tone does not listen. */
  private static final class Deaf implements RtpPort.Receiver {
    @Override
    public void onRtp(ByteBuffer packet) {}

    @Override
    public void onRtcp(ByteBuffer packet) {}
  }
}
