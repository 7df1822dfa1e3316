package org.ringdown.sip.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;

/** RFC 3263 section 4, against a DNS server on loopback. */
class SipLocatorTest {
  private static final ImmutableSet<Service> ALL =
      ImmutableSet.of(Service.UDP, Service.TCP, Service.TLS);

  private FakeDns dns;
  private SipLocator locator;

  @BeforeEach
  void open() throws IOException {
    dns = new FakeDns();
    locator = locator(Duration.ofSeconds(5));
  }

  @AfterEach
  void close() {
    dns.close();
  }

  private SipLocator locator(Duration timeout) {
    return new SipLocator(new DnsConfig(ImmutableList.of(dns.address()), timeout));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 0, , false, 192.0.2.1:5060 UDP",
    "192.0.2.1, 5070, , false, 192.0.2.1:5070 UDP",
    "192.0.2.1, 0, TCP, false, 192.0.2.1:5060 TCP",
    "192.0.2.1, 0, , true, 192.0.2.1:5061 TLS",
    "[2001:db8::1], 0, , false, [2001:db8::1]:5060 UDP",
  })
  void aNumberNeedsNoDns(
      String host, int port, @Nullable Service transport, boolean secure, String found)
      throws Exception {
    assertThat(locate(new SipAddress(host, port, transport, secure))).containsExactly(found);
    assertThat(dns.asked()).isEmpty();
  }

  @Test
  void aNameWithAPortNeedsItsAddressesOnly() throws Exception {
    dns.add("pbx.example. 60 IN A 192.0.2.1", "pbx.example. 60 IN AAAA 2001:db8::1");
    assertThat(locate("pbx.example", 5070))
        .containsExactly("192.0.2.1:5070 UDP", "[2001:db8::1]:5070 UDP");
    assertThat(dns.asked()).containsExactlyInAnyOrder("pbx.example. A", "pbx.example. AAAA");
  }

  @Test
  void naptrTellsTheTransportAndSrvTheServers() throws Exception {
    dns.add(
        "example. 60 IN NAPTR 20 10 \"s\" \"SIP+D2U\" \"\" _sip._udp.example.",
        "example. 60 IN NAPTR 10 50 \"s\" \"SIP+D2T\" \"\" _sip._tcp.example.",
        "example. 60 IN NAPTR 10 10 \"s\" \"SIP+D2X\" \"\" _sip._xxx.example.",
        "_sip._tcp.example. 60 IN SRV 10 70 5062 a.example.",
        "_sip._tcp.example. 60 IN SRV 20 0 5064 b.example.",
        "_sip._udp.example. 60 IN SRV 1 0 5066 a.example.",
        "a.example. 60 IN A 192.0.2.1",
        "b.example. 60 IN A 192.0.2.2");
    ImmutableList<SipServer> servers =
        locator.locate(new SipAddress("example", 0, null, false), ALL).get(20, TimeUnit.SECONDS);
    assertThat(shown(servers)).containsExactly("192.0.2.1:5062 TCP", "192.0.2.2:5064 TCP");
    assertThat(servers.get(0))
        .extracting("host", "priority", "weight")
        .containsExactly("a.example", 10, 70);
  }

  @Test
  void aServiceWeDoNotSpeakIsPassedOver() throws Exception {
    dns.add(
        "example. 60 IN NAPTR 10 10 \"s\" \"SIPS+D2T\" \"\" _sips._tcp.example.",
        "example. 60 IN NAPTR 20 10 \"s\" \"SIP+D2U\" \"\" _sip._udp.example.",
        "_sips._tcp.example. 60 IN SRV 1 0 5061 a.example.",
        "_sip._udp.example. 60 IN SRV 1 0 5066 a.example.",
        "a.example. 60 IN A 192.0.2.1");
    SipAddress address = new SipAddress("example", 0, null, false);
    ImmutableSet<Service> spoken = ImmutableSet.of(Service.UDP, Service.TCP);
    assertThat(shown(locator.locate(address, spoken).get(20, TimeUnit.SECONDS)))
        .containsExactly("192.0.2.1:5066 UDP");
    assertThat(locate(address)).containsExactly("192.0.2.1:5061 TLS");
    assertThat(locate(new SipAddress("example", 0, null, true)))
        .containsExactly("192.0.2.1:5061 TLS");
  }

  @Test
  void withoutNaptrEachTransportIsAskedForBySrv() throws Exception {
    dns.add("_sip._tcp.example. 60 IN SRV 1 0 5062 a.example.", "a.example. 60 IN A 192.0.2.1");
    assertThat(locate("example", 0)).containsExactly("192.0.2.1:5062 TCP");
  }

  @Test
  void aTransportInTheUriIsKept() throws Exception {
    dns.add(
        "_sip._udp.example. 60 IN SRV 1 0 5062 a.example.",
        "a.example. 60 IN A 192.0.2.1",
        "example. 60 IN A 192.0.2.9");
    assertThat(locate(new SipAddress("example", 0, Service.TCP, false)))
        .containsExactly("192.0.2.9:5060 TCP");
    assertThat(dns.asked()).doesNotContain("example. NAPTR", "_sip._udp.example. SRV");
  }

  @Test
  void withoutSrvTheNamesOwnAddressesServe() throws Exception {
    dns.add("www.example. 60 IN CNAME pbx.example.", "pbx.example. 60 IN A 192.0.2.1");
    assertThat(locate("pbx.example", 0)).containsExactly("192.0.2.1:5060 UDP");
  }

  @Test
  void aServiceWithoutATargetIsNotOffered() throws Exception {
    dns.add("_sip._udp.example. 60 IN SRV 0 0 0 .", "example. 60 IN A 192.0.2.1");
    assertThat(failure(new SipAddress("example", 0, Service.UDP, false)))
        .isEqualTo("example has no address in DNS");
    dns.add("_sip._tcp.example. 60 IN SRV 0 0 5060 example.");
    assertThat(locate("example", 0)).containsExactly("192.0.2.1:5060 TCP");
  }

  @Test
  void aServerWithoutAnAddressLeavesTheOthers() throws Exception {
    dns.add(
        "_sip._udp.example. 60 IN SRV 1 0 5060 gone.example.",
        "_sip._udp.example. 60 IN SRV 2 0 5060 a.example.",
        "a.example. 60 IN A 192.0.2.1");
    assertThat(locate(new SipAddress("example", 0, Service.UDP, false)))
        .containsExactly("192.0.2.1:5060 UDP");
  }

  @Test
  void answersHoldAsLongAsTheySay() throws Exception {
    dns.add("pbx.example. 2 IN A 192.0.2.1");
    assertThat(locate("pbx.example", 5060)).containsExactly("192.0.2.1:5060 UDP");
    assertThat(locate("pbx.example", 5060)).containsExactly("192.0.2.1:5060 UDP");
    assertThat(dns.asked()).containsOnlyOnce("pbx.example. A");

    dns.add("pbx.example. 2 IN A 192.0.2.2");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(locate("pbx.example", 5060)).hasSize(2));
  }

  @Test
  void thatThereIsNothingHoldsToo() throws Exception {
    SipAddress address = new SipAddress("nobody.example", 5060, null, false);
    assertThat(failure(address)).isEqualTo("nobody.example:5060 has no address in DNS");
    assertThat(failure(address)).isEqualTo("nobody.example:5060 has no address in DNS");
    assertThat(dns.asked()).containsOnlyOnce("nobody.example. A");
  }

  @Test
  void aServerThatFailsIsNotAskedForAWhile() throws Exception {
    dns.failWith(Rcode.SERVFAIL);
    SipAddress address = new SipAddress("pbx.example", 5060, null, false);
    assertThat(failure(address)).isEqualTo("no DNS server answers for pbx.example");
    int asked = dns.asked().size();
    assertThat(failure(address)).isEqualTo("no DNS server answers for pbx.example");
    assertThat(dns.asked()).hasSize(asked);
  }

  @Test
  void silenceIsBoundedAndTheNextServerIsAsked() throws Exception {
    dns.beSilent(true);
    try (FakeDns second = new FakeDns("pbx.example. 60 IN A 192.0.2.1")) {
      Duration brief = Duration.ofMillis(200);
      SipLocator both =
          new SipLocator(new DnsConfig(ImmutableList.of(dns.address(), second.address()), brief));
      SipAddress address = new SipAddress("pbx.example", 5060, null, false);
      assertThat(shown(both.locate(address, ALL).get(20, TimeUnit.SECONDS)))
          .containsExactly("192.0.2.1:5060 UDP");
    }
    locator = locator(Duration.ofMillis(100));
    assertThat(failure(new SipAddress("pbx.example", 5060, null, false)))
        .isEqualTo("no DNS server answers for pbx.example");
  }

  @Test
  void localhostIsKnownWithoutDns() throws Exception {
    dns.beSilent(true);
    assertThat(locate("localhost", 5060)).contains("127.0.0.1:5060 UDP");
  }

  private List<String> locate(String host, int port) throws Exception {
    return locate(new SipAddress(host, port, null, false));
  }

  private List<String> locate(SipAddress address) throws Exception {
    return shown(locator.locate(address, ALL).get(20, TimeUnit.SECONDS));
  }

  private String failure(SipAddress address) throws Exception {
    try {
      locator.locate(address, ALL).get(20, TimeUnit.SECONDS);
      throw new AssertionError(address + " was found");
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(DnsException.class);
      return String.valueOf(e.getCause().getMessage());
    }
  }

  private static List<String> shown(List<SipServer> servers) {
    return servers.stream().flatMap(SipLocatorTest::shown).toList();
  }

  private static Stream<String> shown(SipServer server) {
    return server.addresses().stream()
        .map(
            address ->
                com.google.common.net.InetAddresses.toUriString(address)
                    + ":"
                    + server.port()
                    + " "
                    + server.service());
  }
}
