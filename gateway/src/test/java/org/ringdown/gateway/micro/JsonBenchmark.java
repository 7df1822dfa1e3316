package org.ringdown.gateway.micro;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.ringdown.gateway.sdp.SdpFiles;
import org.ringdown.webrtc.signaling.ClientMessage;
import org.ringdown.webrtc.signaling.MalformedMessage;
import org.ringdown.webrtc.signaling.MessageCodec;
import org.ringdown.webrtc.signaling.ServerMessage;
import tools.jackson.databind.json.JsonMapper;

/** The longest messages of pages and to them, as text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JsonBenchmark {
  private final MessageCodec codec = new MessageCodec(65_536);
  private final String sdp = SdpFiles.text("chromium-audio-offer");
  private final String call =
      JsonMapper.builder()
          .build()
          .writeValueAsString(
              Map.of("type", "call", "id", "r1", "call", "c1", "to", "1001", "sdp", sdp));
  private final ServerMessage incoming =
      new ServerMessage.Incoming(
          7,
          "g-1",
          new ServerMessage.Party("sip:1001@ringdown", "Desk"),
          "alice",
          sdp,
          ImmutableMap.of());

  /** A page's {@code call}. */
  @Benchmark
  public ClientMessage decode() throws MalformedMessage {
    return codec.read(call);
  }

  /** An {@code incoming} for a page. */
  @Benchmark
  public String encode() {
    return codec.write(incoming);
  }
}
