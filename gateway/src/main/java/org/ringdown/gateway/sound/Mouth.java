package org.ringdown.gateway.sound;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.media.rtp.DigitTrain;
import org.ringdown.gateway.media.rtp.RtpHeader;

/**
 * Sends one RTP stream, a packet every 20 ms: silence unless told otherwise, as a phone does whose
 * owner says nothing. Safe from any thread.
 */
public final class Mouth implements AutoCloseable {
  private static final int FRAME_MS = 20;
  private static final int FRAME_BYTES = 160;
  private static final int RATE_HZ = 8000;
  private static final int SRTP_ROOM = 128;

  private final List<Recording> recordings = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer;
  private final Consumer<ByteBuffer> network;
  private final Random random = new Random(1);
  private final DigitTrain digits = new DigitTrain();
  private final int ssrc = new Random().nextInt();
  private int sequence = new Random().nextInt();
  private int samples;
  private int digitBegan;
  private Wave wave = Wave.SILENCE;
  private @Nullable Replay replay;
  private int lossPercent;
  private int eventType;
  private boolean sending = true;
  private boolean held;
  private boolean fresh = true;
  private @Nullable Voice voice;
  private int payloadType;
  private @Nullable Future<?> ticking;

  /**
   * Says nothing before {@link #speak}.
   *
   * @param network takes packets with room behind them for SRTP; may overwrite them
   */
  public Mouth(ScheduledExecutorService timer, Consumer<ByteBuffer> network) {
    this.timer = timer;
    this.network = network;
  }

  /**
   * Begins to send, or goes on in another codec.
   *
   * @param eventType the payload type of telephone-events, 0 if there are none
   */
  public synchronized void speak(Voice codec, int type, int eventType) {
    voice = codec;
    payloadType = type;
    this.eventType = eventType;
    if (ticking == null) {
      ticking = timer.scheduleAtFixedRate(this::tick, FRAME_MS, FRAME_MS, TimeUnit.MILLISECONDS);
      if (replay != null) {
        begin(replay);
      }
    }
  }

  /** The codec it speaks; empty before {@link #speak}. */
  public synchronized Optional<Voice> voice() {
    return Optional.ofNullable(voice);
  }

  /** Sends a tone. */
  public void play(int hz) {
    play(Wave.tone(hz));
  }

  /**
   * Sends the sound of a file, and then silence.
   *
   * @param again whether it begins anew at its end
   */
  public void play(Clip clip, boolean again) {
    play(again ? clip.loop() : clip.play());
  }

  private synchronized void play(Wave next) {
    wave = next;
    replay = null;
    sending = true;
  }

  /**
   * Sends these packets as they are, and nothing else until the last of them; before {@link #speak}
   * they wait for it.
   *
   * @param packets in order, at least one
   */
  public synchronized void replay(ImmutableList<TimedPacket> packets) {
    Replay next = new Replay(packets);
    wave = Wave.SILENCE;
    replay = next;
    sending = true;
    if (ticking != null) {
      begin(next);
    }
  }

  private void begin(Replay begun) {
    begun.begin(System.nanoTime());
    timer.execute(() -> goOn(begun));
  }

  private synchronized void goOn(Replay begun) {
    if (begun != replay) {
      return;
    }
    long now = System.nanoTime();
    for (Optional<TimedPacket> due = begun.due(now); due.isPresent(); due = begun.due(now)) {
      transmit(due.get().packet(SRTP_ROOM));
    }
    if (begun.isOver()) {
      replay = null;
      fresh = true;
    } else {
      timer.schedule(() -> goOn(begun), begun.waitNanos(now), TimeUnit.NANOSECONDS);
    }
  }

  /** How long until the end of the file or of the packets that are being sent; else zero. */
  public synchronized Duration left() {
    return replay == null ? wave.left() : replay.left(System.nanoTime());
  }

  /** Whether a file or packets are not sent to their end yet. */
  public synchronized boolean isPlaying() {
    return replay != null || !wave.left().isZero();
  }

  /** Writes down what is sent from now on. */
  public void record(Recording recording) {
    recordings.add(recording);
  }

  /** Sends nothing at all. */
  public synchronized void stop() {
    sending = false;
  }

  /** Says whether the other side wants to hear anything (RFC 3264 section 8.4). */
  public synchronized void hold(boolean on) {
    held = on;
  }

  /** Leaves out some packets, the same at each run. */
  public synchronized void lose(int percent) {
    lossPercent = percent;
  }

  /** Presses keys; false if the other side takes none. */
  public synchronized boolean press(String keys) {
    digits.add(keys, 0, 0);
    return eventType != 0;
  }

  private synchronized void tick() {
    Voice codec = voice;
    if (codec == null || !codec.sounds() || replay != null) {
      samples += FRAME_BYTES;
      return;
    }
    ByteBuffer packet = digits.isOver() ? sound(codec) : digit();
    samples += FRAME_BYTES;
    if (packet == null || !sending || held) {
      fresh = true;
      return;
    }
    sequence++;
    transmit(packet);
  }

  private void transmit(ByteBuffer packet) {
    if (random.nextInt(100) < lossPercent || !sending || held) {
      return;
    }
    Voice codec = voice;
    if (codec != null && codec.sounds() && RtpHeader.payloadType(packet) == payloadType) {
      short[] said = codec.decode(packet, RtpHeader.payloadOffset(packet));
      recordings.forEach(recording -> recording.said(said));
    }
    network.accept(packet);
  }

  private @Nullable ByteBuffer digit() {
    boolean sounding = digits.isSounding();
    DigitTrain.Step step = digits.next(RATE_HZ);
    if (step == null) {
      return null;
    }
    digitBegan = sounding ? digitBegan : samples;
    ByteBuffer packet = step.packet(eventType);
    return numbered(packet, digitBegan);
  }

  private ByteBuffer sound(Voice codec) {
    int length = RtpHeader.BYTES + FRAME_BYTES;
    ByteBuffer packet = ByteBuffer.allocate(length + SRTP_ROOM).limit(length);
    packet.put(0, (byte) 0x80);
    RtpHeader.setPayloadType(packet, payloadType);
    if (fresh) {
      RtpHeader.setMarker(packet);
      fresh = false;
    }
    for (int i = 0; i < FRAME_BYTES; i++) {
      packet.put(RtpHeader.BYTES + i, codec.encode(wave.next()));
    }
    return numbered(packet, samples);
  }

  private ByteBuffer numbered(ByteBuffer packet, int timestamp) {
    return packet.putShort(2, (short) (sequence + 1)).putInt(4, timestamp).putInt(8, ssrc);
  }

  @Override
  public synchronized void close() {
    replay = null;
    if (ticking != null) {
      ticking.cancel(false);
    }
  }
}
