package org.ringdown.gateway.trunk;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.ringdown.sip.SipConfig;
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.SipHandler;
import org.ringdown.sip.guard.ScannerLimits;
import org.ringdown.sip.leg.Invite;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.register.RegisterRequest;
import org.ringdown.sip.transport.SipTransport;

/** SIP endpoints at this machine's own address, over UDP and TCP on ports of their own. */
final class Loopback {
  private Loopback() {}

  static SipEndpoint endpoint(String realm, SipHandler handler) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddresses.forString("127.0.0.1"), 0);
    SipConfig config =
        new SipConfig(
            ImmutableList.of(
                new SipConfig.Listen(SipTransport.UDP, anyPort),
                new SipConfig.Listen(SipTransport.TCP, anyPort)),
            realm,
            null,
            "test",
            Duration.ofMinutes(5),
            16_384,
            ScannerLimits.NONE);
    return SipEndpoint.start(config, handler);
  }

  /** One that calls, and is called by nobody. */
  static SipEndpoint caller() throws IOException {
    return endpoint("caller", new NobodyCalls());
  }

  private static final class NobodyCalls implements SipHandler {
    @Override
    public Optional<String> passwordOf(String user) {
      return Optional.empty();
    }

    @Override
    public SipLeg.Listener onInvite(Invite invite, SipLeg leg) {
      return SipLeg.Listener.NONE;
    }

    @Override
    public void onRegister(RegisterRequest request) {
      // Nobody does.
    }
  }
}
