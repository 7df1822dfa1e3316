package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringdown.sip.dns.DnsConfig;
import org.ringdown.sip.dns.SipLocator;
import org.ringdown.sip.guard.ScannerLimits;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.work.Workers;

/** What becomes of a UDP socket whose thread waits for somebody. */
class BlockedReaderTest {
  private final Workers workers = new Workers("test");
  private final CountDownLatch released = new CountDownLatch(1);
  private final SipHandler handler = mock(SipHandler.class);
  private final List<SipPeer> phones = new ArrayList<>();
  private SipEndpoint endpoint;

  @BeforeEach
  void start() throws IOException {
    when(handler.onInvite(any(), any()))
        .then(
            invite -> {
              workers.waiting(this::awaitRelease);
              invite.getArgument(1, SipLeg.class).ring();
              return SipLeg.Listener.NONE;
            });
    endpoint =
        SipEndpoint.start(
            TestGateway.plain(ScannerLimits.NONE, "127.0.0.1"),
            handler,
            new SipLocator(DnsConfig.OF_SYSTEM),
            Duration.ofSeconds(1),
            workers);
  }

  private boolean awaitRelease() throws IOException {
    try {
      return released.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @AfterEach
  void close() throws IOException {
    released.countDown();
    for (SipPeer phone : phones) {
      phone.close();
    }
    endpoint.close();
  }

  private SipPeer phone() throws IOException {
    SipPeer phone = SipPeer.over(endpoint.listening().get(0));
    phones.add(phone);
    return phone;
  }

  @Test
  void isReadByAnother() throws IOException {
    List<SipPeer> callers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      SipPeer caller = phone();
      caller.play("P: INVITE +sdp\nG: 100 INVITE");
      callers.add(caller);
      phone().play("P: OPTIONS\nG: 200 OPTIONS");
    }

    released.countDown();

    for (SipPeer caller : callers) {
      caller.play("G: 180 INVITE");
    }
    phone().play("P: OPTIONS\nG: 200 OPTIONS");
    assertThat(endpoint.openLegs()).isEqualTo(5);
  }
}
