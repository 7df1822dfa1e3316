package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ringdown.sip.auth.DigestClient;
import org.ringdown.sip.guard.ScannerLimits;
import org.ringdown.sip.register.RegisterRequest;
import org.ringdown.sip.transport.SipTransport;

/** Who tries numbers finds nothing; who is a user goes on. */
class ScanTest {
  private static final ScannerLimits LIMITS =
      new ScannerLimits(3, 6, Duration.ofMinutes(10), address -> false);

  private TestGateway gateway;

  @BeforeEach
  void startGateway() throws IOException {
    gateway = new TestGateway(LIMITS, "127.0.0.1");
  }

  @AfterEach
  void stopGateway() {
    gateway.close();
  }

  private SipConfig.Listen listen(SipTransport transport) {
    return gateway.listen(transport, "127.0.0.1");
  }

  private void scan(SipPeer scanner, int numbers) {
    for (int number = 0; number < numbers; number++) {
      scanner.newCall("100" + number).play("P: REGISTER");
      gateway.nextRegistration().challenge();
      scanner.play("G: 401 REGISTER");
    }
  }

  private void guess(SipPeer scanner, int passwords) {
    scanner.newCall("1001").play("P: REGISTER");
    gateway.nextRegistration().challenge();
    scanner.play("G: 401 REGISTER");
    DigestClient client = new DigestClient("1001", "guess");
    client.challenged(scanner.last().all("WWW-Authenticate"));
    for (int tried = 0; tried < passwords; tried++) {
      String answer = client.authorization("REGISTER", "sip:example.org").orElseThrow();
      scanner.play("P: REGISTER | Authorization: " + answer);
      gateway.nextRegistration().challenge();
      scanner.play("G: 401 REGISTER");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UDP", "TCP"})
  void whoTriesNumbersIsHeardOnceASecond(SipTransport transport) throws IOException {
    try (SipPeer scanner = SipPeer.over(listen(transport))) {
      scan(scanner, 4);
      scanner.newCall("1009").play("P: REGISTER");
      gateway.nextRegistration().challenge();
      scanner.play("G: 401 REGISTER");
      scanner.newCall("1010").play("P: REGISTER\nG: nothing\nP: INVITE +sdp\nG: nothing");
      assertThat(gateway.endpoint().scanners().slowedRequests()).isGreaterThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UDP", "TCP"})
  void whoTriesPasswordsIsIgnored(SipTransport transport) throws IOException {
    try (SipPeer scanner = SipPeer.over(listen(transport))) {
      guess(scanner, 6);
      scanner.newCall("alice").play("P: OPTIONS\nG: nothing");
      SipConfig.Listen udp = gateway.udp();
      try (SipPeer other = SipPeer.over(udp)) {
        other.play("P: INVITE +sdp\nG: nothing");
      }
    }
    assertThat(gateway.endpoint().scanners().now()).containsOnlyKeys("127.0.0.1");
    assertThat(gateway.endpoint().scanners().ignoredRequests()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(names = {"UDP", "TCP"})
  void aUserAtTheSameAddressIsForgivenForAll(SipTransport transport) throws IOException {
    try (SipPeer scanner = SipPeer.over(listen(transport));
        SipPeer phone = SipPeer.over(listen(transport)).newCall("1001")) {
      phone.play("P: REGISTER");
      gateway.nextRegistration().challenge();
      phone.play("G: 401 REGISTER");
      DigestClient client = new DigestClient("1001", "secret");
      client.challenged(phone.last().all("WWW-Authenticate"));
      scan(scanner, 4);

      String answer = client.authorization("REGISTER", "sip:example.org").orElseThrow();
      phone.play("P: REGISTER | Authorization: " + answer);
      RegisterRequest request = gateway.nextRegistration();
      request.accept(request.contacts());
      phone.play("G: 200 REGISTER");

      scan(scanner, 3);
      assertThat(gateway.endpoint().scanners().now()).isEmpty();
    }
  }
}
