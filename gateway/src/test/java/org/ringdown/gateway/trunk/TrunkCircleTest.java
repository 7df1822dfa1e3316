package org.ringdown.gateway.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.e2e.process.FreePorts;
import org.ringdown.gateway.testkit.run.TestedGateway;
import org.ringdown.gateway.testkit.stage.StepFailure;
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.challenge.SipCredentials;
import org.ringdown.sip.leg.Dial;
import org.ringdown.sip.leg.SipEnd;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.sip.transport.SipTransport;

/** Two gateways that are each other's trunk: dial plans can send a call round in a circle. */
final class TrunkCircleTest {
  private static final int HOPS = 5;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String SDP =
      "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
          + "m=audio 40000 RTP/AVP 0\r\n";

  @Test
  void aCallThatGoesRoundInACircleEnds() throws Exception {
    try (FreePorts ports = new FreePorts()) {
      callsGoRound(ports.one(), ports.one());
    }
  }

  private static void callsGoRound(int one, int other) throws Exception {
    try (TestedGateway first = gateway(one, other);
        TestedGateway second = gateway(other, one);
        SipEndpoint phone = Loopback.caller()) {
      CompletableFuture<SipEnd> ended = new CompletableFuture<>();
      phone.dial(call(first.address().udp()), new Ears(ended));

      assertThat(ended.get(30, TimeUnit.SECONDS).status().code()).isEqualTo(483);
      assertThat(first.leftovers(PATIENCE)).isEmpty();
      assertThat(second.leftovers(PATIENCE)).isEmpty();
      assertThat(first.status()).containsEntry("callsSinceStart", 3L);
      assertThat(second.status()).containsEntry("callsSinceStart", 2L);
    }
  }

  /** One that sends all calls for numbers with a 0 on to the other, wherever they come from. */
  private static TestedGateway gateway(int port, int other) throws StepFailure {
    return TestedGateway.start(
        """
        sip: {listen: ["udp:127.0.0.1:%d"]}
        media: {rtp: {ports: 16000-19999}}
        trunks: {next: {kind: peer, server: "sip:127.0.0.1:%d", qualify: null}}
        routes:
          - {from: users, match: prefix 0, to: trunk next}
          - {from: trunk next, match: prefix 0, to: trunk next}
        """
            .formatted(port, other),
        ImmutableMap.of("1001", "secret"));
  }

  private static Dial call(InetSocketAddress gateway) {
    return new Dial(
            "sip:0123@" + InetAddresses.toUriString(gateway.getAddress()),
            gateway,
            SipTransport.UDP,
            new NameAddress("", "sip:1001@ringdown"),
            new NameAddress("", "sip:0123@ringdown"),
            SDP,
            ImmutableMap.of())
        .with(new SipCredentials("1001", "secret", null))
        .within(HOPS);
  }

  /** Hears how the call ends. */
  private record Ears(CompletableFuture<SipEnd> ended) implements SipLeg.Listener {
    @Override
    public void onProgress(int code, @Nullable String sdp) {
      // It goes on.
    }

    @Override
    public void onEnded(SipEnd end) {
      ended.complete(end);
    }
  }
}
