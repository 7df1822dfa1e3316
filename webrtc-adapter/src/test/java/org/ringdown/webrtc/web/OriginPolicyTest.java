package org.ringdown.webrtc.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;

final class OriginPolicyTest {
  private final OriginPolicy policy = new OriginPolicy(ImmutableList.of("https://A.example/"));

  @Test
  void clientsThatAreNoBrowsersMayConnect() {
    assertThat(policy.allows(null, "gw.example")).isTrue();
  }

  @Test
  void pagesOfTheServerItselfMayConnectAlsoBehindATlsProxy() {
    assertThat(policy.allows("http://gw.example:8080", "gw.example:8080")).isTrue();
    assertThat(policy.allows("https://gw.example", "GW.example")).isTrue();
    assertThat(policy.allows("http://[::1]:8080", "[::1]:8080")).isTrue();
  }

  @Test
  void configuredOriginsMayConnect() {
    assertThat(policy.allows("https://a.example", "gw.example")).isTrue();
    assertThat(new OriginPolicy(ImmutableList.of("*")).allows("http://x", "y")).isTrue();
  }

  @Test
  void allOthersMayNot() {
    assertThat(policy.allows("https://a.example.evil", "gw.example")).isFalse();
    assertThat(policy.allows("http://gw.example:9090", "gw.example:8080")).isFalse();
    assertThat(policy.allows("http://evil.gw.example", "gw.example")).isFalse();
    assertThat(policy.allows("http://a.example", "gw.example")).isFalse();
    assertThat(policy.allows("null", "gw.example")).isFalse();
    assertThat(policy.allows("", "gw.example")).isFalse();
    assertThat(policy.allows("https://gw.example", null)).isFalse();
  }
}
