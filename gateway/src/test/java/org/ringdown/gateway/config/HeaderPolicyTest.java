package org.ringdown.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HeaderPolicyTest {
  @Test
  void nothingPassesUnlessItIsNamed() {
    ImmutableMap<String, String> headers = ImmutableMap.of("x-account", "7", "Subject", "hi");
    assertThat(HeaderPolicy.NONE.taken(headers)).isEmpty();
    assertThat(HeaderPolicy.NONE.sent(headers)).isEmpty();

    HeaderPolicy policy =
        new HeaderPolicy(ImmutableList.of("X-Account"), ImmutableList.of("SUBJECT", "X-P*"));
    assertThat(policy.taken(headers)).containsExactly(Map.entry("x-account", "7"));
    assertThat(policy.sent(headers)).containsOnlyKeys("Subject");
    assertThat(policy.sent(ImmutableMap.of("x-pbx", "1", "x-a", "2"))).containsOnlyKeys("x-pbx");
  }

  @Test
  void whatIsTheGatewaysOwnNeverPassesByTheBeginningOfItsName() {
    HeaderPolicy greedy =
        new HeaderPolicy(ImmutableList.of("P-*", "v*", "r*"), ImmutableList.of("P-*", "d*"));
    ImmutableMap<String, String> headers =
        ImmutableMap.of(
            "p-asserted-identity", "<sip:1@x>", "P-Charging", "1", "v", "SIP/2.0", "Route", "<x>");

    assertThat(greedy.taken(headers)).containsOnlyKeys("P-Charging");
    assertThat(greedy.sent(ImmutableMap.of("Diversion", "<sip:1@x>"))).isEmpty();
  }
}
