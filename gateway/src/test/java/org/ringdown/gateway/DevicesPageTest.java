package org.ringdown.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.routing.address.AddressOfRecord;
import org.ringdown.gateway.routing.registrar.Binding;
import org.ringdown.webrtc.page.WebRtcSession;

final class DevicesPageTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void showsWhereEachPhoneIsAndHowLongAndWhoHasAPage() {
    Binding desk =
        new Binding(
            new AddressOfRecord("1001"),
            "sip:1001@192.0.2.9:5062",
            new Binding.Flow(new InetSocketAddress("2001:db8::9", 5062), "TCP"),
            1,
            NOW.plusSeconds(90),
            "a@b",
            1,
            "Desk phone 1.0",
            "");
    WebRtcSession page = mock(WebRtcSession.class);
    when(page.user()).thenReturn("alice");
    when(page.device()).thenReturn("laptop");

    assertThat(DevicesPage.of(ImmutableList.of(desk), ImmutableList.of(page), NOW))
        .containsExactly(
            ImmutableMap.<String, Object>builder()
                .put("user", "1001")
                .put("kind", "phone")
                .put("contact", "sip:1001@192.0.2.9:5062")
                .put("address", "[2001:db8::9]:5062")
                .put("transport", "TCP")
                .put("expiresIn", 90L)
                .put("userAgent", "Desk phone 1.0")
                .buildOrThrow(),
            ImmutableMap.of("user", "alice", "kind", "page", "device", "laptop"));
  }
}
