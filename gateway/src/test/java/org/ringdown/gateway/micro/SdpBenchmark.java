package org.ringdown.gateway.micro;

import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
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
import org.ringdown.gateway.sdp.PlainSdp;
import org.ringdown.gateway.sdp.SdpFiles;
import org.ringdown.gateway.sdp.WebRtcSdp;
import org.ringdown.gateway.sdp.line.SdpException;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.sdp.relay.RelayedOffer;

/** A whole offer from one dialect to the other: read, translated, written. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SdpBenchmark {
  private final String browser = SdpFiles.text("chromium-audio-offer");
  private final String phone = SdpFiles.text("yealink-t46-offer");
  private final InetSocketAddress local = new InetSocketAddress("127.0.0.1", 7078);
  private final WebRtcSdp.Transport transport =
      WebRtcSdp.Transport.local(
          "ufrag",
          "passwordpasswordpassword",
          "sha-256 " + "AB:".repeat(31) + "AB",
          WebRtcSdp.Setup.ACTPASS,
          ImmutableList.of("1 1 udp 2130706431 127.0.0.1 7078 typ host"),
          local);

  /** A browser calls a phone. */
  @Benchmark
  public String browserToPhone() throws SdpException {
    WebRtcSdp offer = WebRtcSdp.read(browser);
    RelayedOffer relayed = RelayedOffer.toPhone(offer.streams(), MediaPolicy.PLAIN);
    return PlainSdp.offer(relayed.streams(), ImmutableList.of(local)).write(1, 1);
  }

  /** A phone calls a browser. */
  @Benchmark
  public String phoneToBrowser() throws SdpException {
    PlainSdp offer = PlainSdp.read(phone);
    RelayedOffer relayed = RelayedOffer.toBrowser(offer.streams());
    return WebRtcSdp.offer(relayed.streams(), transport).write(1, 1);
  }
}
