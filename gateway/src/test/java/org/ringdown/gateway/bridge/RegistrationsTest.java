package org.ringdown.gateway.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.ringdown.gateway.routing.address.AddressOfRecord;
import org.ringdown.gateway.routing.registrar.Registrar;
import org.ringdown.gateway.routing.registrar.RegistrarLimits;
import org.ringdown.sip.challenge.Authentication;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.register.RegisterRequest;
import org.ringdown.sip.register.RegisterRequest.Contact;
import org.ringdown.sip.transport.SipTransport;

final class RegistrationsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Authentication ALICE = new Authentication.Verified("alice");

  private final Registrar registrar =
      new Registrar(
          new RegistrarLimits(
              Duration.ofSeconds(60), Duration.ofHours(1), Duration.ofHours(24), 2));
  private final Registrations registrations =
      new Registrations(registrar, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void whoProvedNothingIsChallenged() {
    RegisterRequest request = request(new Authentication.None(), 1, contact("a", 300));
    registrations.register(request);
    verify(request).challenge();
    verify(request, never()).accept(any());
  }

  @Test
  void nobodyRegistersAnothersPhone() {
    RegisterRequest request = request(new Authentication.Verified("mallory"), 1, contact("a", 300));
    registrations.register(request);
    assertThat(refusal(request).code()).isEqualTo(403);
    assertThat(phones()).isZero();
  }

  @Test
  void aPhoneIsBoundForAsLongAsItAsks() {
    RegisterRequest request = request(ALICE, 1, contact("a", 300));
    registrations.register(request);
    verify(request).accept(ImmutableList.of(contact("a", 300)));
    assertThat(phones()).isEqualTo(1);
  }

  @Test
  void tooBriefABindingIsRefusedWithTheLeastThatIsGranted() {
    RegisterRequest request = request(ALICE, 1, contact("a", 5));
    registrations.register(request);
    verify(request).refuse(any(), eq(Duration.ofSeconds(60)));
    assertThat(phones()).isZero();
  }

  @Test
  void onePhoneTooManyIsRefusedAndTheOthersStay() {
    registrations.register(request(ALICE, 1, contact("a", 300), contact("b", 300)));
    RegisterRequest third = request(ALICE, 2, contact("c", 300));
    registrations.register(third);
    assertThat(refusal(third).explanation()).contains("at most 2 phones");
    assertThat(phones()).isEqualTo(2);
  }

  @Test
  void anOldRequestThatComesLateChangesNothing() {
    registrations.register(request(ALICE, 2, contact("a", 300)));
    RegisterRequest late = request(ALICE, 1, contact("a", 0));
    registrations.register(late);
    assertThat(refusal(late).code()).isEqualTo(500);
    assertThat(phones()).isEqualTo(1);
  }

  @Test
  void aStarTakesAllPhonesAway() {
    registrations.register(request(ALICE, 1, contact("a", 300), contact("b", 300)));
    RegisterRequest all = request(ALICE, 2);
    when(all.removesAll()).thenReturn(true);
    registrations.register(all);
    verify(all).accept(ImmutableList.of());
    assertThat(phones()).isZero();
  }

  private int phones() {
    return registrar.lookup(new AddressOfRecord("alice"), NOW).size();
  }

  private static SipStatus refusal(RegisterRequest request) {
    ArgumentCaptor<SipStatus> status = ArgumentCaptor.forClass(SipStatus.class);
    verify(request).refuse(status.capture(), isNull());
    return status.getValue();
  }

  private static RegisterRequest request(
      Authentication authentication, long cseq, Contact... contacts) {
    RegisterRequest request = mock(RegisterRequest.class);
    when(request.user()).thenReturn("alice");
    when(request.authentication()).thenReturn(authentication);
    when(request.source()).thenReturn(new InetSocketAddress("127.0.0.1", 5070));
    when(request.transport()).thenReturn(SipTransport.UDP);
    when(request.callId()).thenReturn("one");
    when(request.cseq()).thenReturn(cseq);
    when(request.userAgent()).thenReturn("");
    when(request.contacts()).thenReturn(ImmutableList.copyOf(contacts));
    return request;
  }

  private static Contact contact(String name, int seconds) {
    return new Contact("sip:" + name + "@127.0.0.1:5070", Duration.ofSeconds(seconds), 1.0f);
  }
}
