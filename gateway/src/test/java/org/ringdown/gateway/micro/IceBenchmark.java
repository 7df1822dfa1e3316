package org.ringdown.gateway.micro;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
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
import org.ringdown.webrtc.ice.DatagramLink;
import org.ringdown.webrtc.ice.IceCredentials;
import org.ringdown.webrtc.ice.IceLiteAgent;
import org.ringdown.webrtc.ice.MalformedStunException;
import org.ringdown.webrtc.ice.Path;
import org.ringdown.webrtc.ice.StunMessage;
import org.ringdown.webrtc.ice.StunWriter;

/** A browser's check: read, proved, answered. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class IceBenchmark {
  private final IceCredentials own = IceCredentials.random(new SecureRandom());
  private final IceLiteAgent agent = new IceLiteAgent(own);
  private final Path path = new Path(new Nowhere(), new InetSocketAddress("127.0.0.1", 50_000));
  private final ByteBuffer request =
      StunWriter.request(new byte[12])
          .username(own.ufrag() + ":page")
          .priority(1_000)
          .iceControlling(1)
          .useCandidate()
          .integrity(own.key())
          .fingerprint()
          .build();

  /** One check. */
  @Benchmark
  public IceLiteAgent.Check check() throws MalformedStunException {
    IceLiteAgent.Check check = agent.check(StunMessage.parse(request.duplicate()), path);
    if (!check.valid()) {
      throw new IllegalStateException("refused");
    }
    return check;
  }

  private record Nowhere() implements DatagramLink {
    @Override
    public InetSocketAddress local() {
      return new InetSocketAddress("127.0.0.1", 7078);
    }

    @Override
    public void send(ByteBuffer datagram, InetSocketAddress remote) {}
  }
}
