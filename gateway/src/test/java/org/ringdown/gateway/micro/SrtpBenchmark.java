package org.ringdown.gateway.micro;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.ringdown.webrtc.srtp.SrtpProfile;
import org.ringdown.webrtc.srtp.SrtpResult;
import org.ringdown.webrtc.srtp.SrtpSession;

/** One packet of 20 ms G.711, encrypted, and encrypted and decrypted. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SrtpBenchmark {
  private static final int PACKET_BYTES = 172;

  /** The profile. */
  @Param({"AEAD_AES_128_GCM", "AES128_CM_HMAC_SHA1_80"})
  public SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;

  private final ByteBuffer packet = ByteBuffer.allocate(PACKET_BYTES + 64);
  private SrtpSession one = session(true);
  private SrtpSession other = session(false);
  private int number;

  private SrtpSession session(boolean client) {
    byte[] keys = new byte[profile.keyingMaterialBytes()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (byte) i;
    }
    return SrtpSession.create(profile, keys, client);
  }

  /** Keys of the profile that is measured. */
  @Setup
  public void open() {
    one = session(true);
    other = session(false);
  }

  private void write() {
    number++;
    packet.clear().limit(PACKET_BYTES);
    packet.put(0, (byte) 0x80).put(1, (byte) 8).putShort(2, (short) number).putInt(4, number * 160);
    packet.putInt(8, 4711);
  }

  /** Encrypts. */
  @Benchmark
  public SrtpResult protect() {
    write();
    return one.protectRtp(packet);
  }

  /** Encrypts, and decrypts at the other end. */
  @Benchmark
  public SrtpResult protectAndUnprotect() {
    write();
    one.protectRtp(packet);
    SrtpResult result = other.unprotectRtp(packet);
    if (result != SrtpResult.OK) {
      throw new IllegalStateException(result.name());
    }
    return result;
  }
}
