package org.ringdown.gateway.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.bridge.house.Devices;
import org.ringdown.gateway.bridge.house.HouseRules;
import org.ringdown.gateway.bridge.house.Users;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.call.CallTimers;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.routing.ExtensionKind;
import org.ringdown.gateway.routing.Origin;
import org.ringdown.gateway.routing.Router;
import org.ringdown.gateway.routing.registrar.Registrar;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.trunk.Trunks;
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.leg.DialogPolicy;
import org.ringdown.sip.message.NameAddress;
import org.ringdown.webrtc.page.WebRtcHandler.MessageOutcome;
import org.ringdown.webrtc.page.WebRtcSession;
import org.ringdown.webrtc.signaling.ReasonCode;

final class MessagesTest {
  private final Registrar registrar = mock(Registrar.class);
  private final SipEndpoint sip = mock(SipEndpoint.class);
  private final Devices devices = new Devices(registrar);
  private final Router router =
      new Router(ImmutableSet.of("alice", "bob"), ImmutableMap.of("9196", ExtensionKind.ECHO));
  private final HouseRules rules =
      new HouseRules(
          new Users(ImmutableMap.of(), "gw.example"),
          router,
          GatewayConfig.Headers.NONE,
          DialogPolicy.USUAL,
          MediaPolicy.PLAIN,
          new CallTimers(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO),
          1);
  private final Messages messages =
      new Messages(() -> rules, devices, mock(Trunks.class), () -> sip, Clock.systemUTC());
  private final List<MessageOutcome> outcomes = new ArrayList<>();
  private final WebRtcSession first = page();
  private final WebRtcSession second = page();

  private static WebRtcSession page() {
    WebRtcSession page = mock(WebRtcSession.class);
    when(page.user()).thenReturn("bob");
    when(page.message(anyString(), anyString(), anyString()))
        .thenReturn(CompletableFuture.completedFuture(true));
    return page;
  }

  private static Party user(String name) {
    NameAddress shown = new NameAddress("", "sip:" + name + "@gw.example");
    return Party.shown(new Origin.User(name), shown, "page of " + name);
  }

  @BeforeEach
  void signIn() {
    when(registrar.lookup(any(), any())).thenReturn(ImmutableList.of());
    devices.add(first);
    devices.add(second);
  }

  @Test
  void aTextGoesToEveryPageOfTheUserUnderTheSendersName() {
    messages.send(user("alice"), "bob", "Lunch?\nAt one.", outcomes::add);
    verify(first).message("sip:alice@gw.example", "", "Lunch?\nAt one.");
    verify(second).message("sip:alice@gw.example", "", "Lunch?\nAt one.");
    assertThat(outcomes).containsExactly(new MessageOutcome.Delivered(null));
  }

  @Test
  void onePageThatTakesItIsEnoughAndNoneIsNot() {
    when(first.message(anyString(), anyString(), anyString()))
        .thenReturn(CompletableFuture.completedFuture(false));
    messages.send(user("alice"), "bob", "hi", outcomes::add);
    devices.remove(second);
    messages.send(user("alice"), "bob", "hi", outcomes::add);
    assertThat(outcomes.get(0)).isEqualTo(new MessageOutcome.Delivered(null));
    assertThat(code(1)).isEqualTo(ReasonCode.UNAVAILABLE);
  }

  @Test
  void nobodyAndNoUserAreToldApart() {
    messages.send(user("alice"), "nobody", "hi", outcomes::add);
    messages.send(user("alice"), "9196", "hi", outcomes::add);
    messages.send(user("bob"), "alice", "hi", outcomes::add);
    assertThat(code(0)).isEqualTo(ReasonCode.NOT_FOUND);
    assertThat(code(1)).isEqualTo(ReasonCode.NOT_SUPPORTED);
    assertThat(code(2)).isEqualTo(ReasonCode.UNAVAILABLE);
  }

  @Test
  void aGuestWritesOnlyToWhomItMayCall() {
    NameAddress shown = new NameAddress("Visitor", "sip:guest@gw.example");
    Origin guest = new Origin.Guest("guest", ImmutableSet.of("alice"));
    messages.send(Party.shown(guest, shown, "page"), "bob", "hi", outcomes::add);
    assertThat(code(0)).isEqualTo(ReasonCode.FORBIDDEN);
  }

  @Test
  void aSenderThatDoesNotStopIsStoppedAndOthersAreNot() {
    for (int i = 0; i < 100; i++) {
      messages.send(user("alice"), "bob", "hi", outcomes::add);
    }
    assertThat(code(99)).isEqualTo(ReasonCode.OVERLOADED);
    outcomes.clear();
    messages.send(user("bob"), "bob", "hi", outcomes::add);
    assertThat(outcomes).containsExactly(new MessageOutcome.Delivered(null));
  }

  private ReasonCode code(int index) {
    return ((MessageOutcome.Failed) outcomes.get(index)).code();
  }
}
