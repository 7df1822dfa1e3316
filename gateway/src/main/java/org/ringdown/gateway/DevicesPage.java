package org.ringdown.gateway;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import java.time.Instant;
import java.util.stream.Stream;
import org.ringdown.gateway.routing.registrar.Binding;
import org.ringdown.webrtc.page.WebRtcSession;

/** Which phones are registered and which pages signed in, for the operator. */
final class DevicesPage {
  private DevicesPage() {}

  static ImmutableList<ImmutableMap<String, Object>> of(
      ImmutableList<Binding> phones, ImmutableList<WebRtcSession> pages, Instant now) {
    return Stream.concat(
            phones.stream().map(phone -> view(phone, now)), pages.stream().map(DevicesPage::view))
        .collect(ImmutableList.toImmutableList());
  }

  private static ImmutableMap<String, Object> view(Binding phone, Instant now) {
    Binding.Flow flow = phone.flow();
    String host = InetAddresses.toUriString(flow.source().getAddress());
    return ImmutableMap.<String, Object>builder()
        .put("user", phone.addressOfRecord().user())
        .put("kind", "phone")
        .put("contact", phone.contact())
        .put("address", host + ":" + flow.source().getPort())
        .put("transport", flow.transport())
        .put("expiresIn", phone.remaining(now).toSeconds())
        .put("userAgent", phone.userAgent())
        .buildOrThrow();
  }

  private static ImmutableMap<String, Object> view(WebRtcSession page) {
    return ImmutableMap.of("user", page.user(), "kind", "page", "device", page.device());
  }
}
