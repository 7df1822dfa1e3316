package org.ringdown.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.sip.auth.DigestClient;
import org.ringdown.sip.challenge.Authentication;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.register.RegisterRequest;

/** REGISTER and its digest, message by message. */
@TestInstance(Lifecycle.PER_CLASS)
class RegistrationTest {
  private TestGateway gateway;
  private SipPeer phone;

  @BeforeAll
  void startGateway() throws IOException {
    gateway = new TestGateway("127.0.0.1");
  }

  @AfterAll
  void stopGateway() {
    gateway.close();
  }

  @BeforeEach
  void connectPhone() throws IOException {
    phone = SipPeer.over(gateway.udp()).newCall("1001");
  }

  @AfterEach
  void disconnectPhone() throws IOException {
    phone.close();
  }

  private DigestClient challenged(String password) {
    phone.play("P: REGISTER | User-Agent: Phone/1");
    gateway.nextRegistration().challenge();
    phone.play("G: 401 REGISTER | WWW-Authenticate: algorithm=SHA-256 | WWW-Authenticate: MD5");
    DigestClient client = new DigestClient("1001", password);
    client.challenged(phone.last().all("WWW-Authenticate"));
    return client;
  }

  private RegisterRequest registerWith(DigestClient client) {
    String answer = client.authorization("REGISTER", "sip:example.org").orElseThrow();
    phone.play("P: REGISTER | Authorization: " + answer);
    return gateway.nextRegistration();
  }

  @Test
  void registersWithTheRightPassword() {
    RegisterRequest request = registerWith(challenged("secret"));
    assertThat(request.authentication()).isEqualTo(new Authentication.Verified("1001"));
    assertThat(request.user()).isEqualTo("1001");
    assertThat(request.addressOfRecord()).isEqualTo("sip:1001@example.org");
    assertThat(request.source()).isEqualTo(phone.wire().local());
    assertThat(request.cseq()).isEqualTo(2);
    assertThat(request.callId()).isEqualTo(phone.callId());
    request.accept(request.contacts());
    phone.play("G: 200 REGISTER | Contact: <sip:1001@127.0.0.1");
  }

  @Test
  void doesNotTellAWrongPasswordFromAnUnknownUser() {
    RegisterRequest request = registerWith(challenged("guess"));
    assertThat(request.authentication()).isEqualTo(new Authentication.Failed("1001"));
    request.challenge();
    phone.play("G: 401 REGISTER");
    assertThat(phone.last().header("WWW-Authenticate")).doesNotContain("stale");
  }

  @Test
  void challengesAPhoneThatComesBackWithoutCredentialsWithMd5Alone() {
    phone.play("P: REGISTER | User-Agent: Old/1");
    gateway.nextRegistration().challenge();
    phone.play("G: 401 REGISTER | WWW-Authenticate: SHA-256\nP: REGISTER | User-Agent: Old/1");
    gateway.nextRegistration().challenge();
    phone.play("G: 401 REGISTER | WWW-Authenticate: MD5");
    assertThat(phone.last().all("WWW-Authenticate")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"baresip v1.0.0 (x86_64/linux)", "-"})
  void challengesOldBaresipAndScriptsWithMd5Alone(String userAgent) {
    phone.play("P: REGISTER | User-Agent: " + userAgent);
    gateway.nextRegistration().challenge();
    phone.play("G: 401 REGISTER | WWW-Authenticate: MD5");
    assertThat(phone.last().all("WWW-Authenticate")).hasSize(1);
  }

  @Test
  void challengesAReplayAsStale() {
    DigestClient client = challenged("secret");
    String answer = client.authorization("REGISTER", "sip:example.org").orElseThrow();
    phone.play("P: REGISTER | Authorization: " + answer);
    gateway.nextRegistration().accept(ImmutableList.of());
    phone.play("G: 200 REGISTER\nP: REGISTER | Authorization: " + answer);
    RegisterRequest replayed = gateway.nextRegistration();
    assertThat(replayed.authentication()).isEqualTo(new Authentication.Stale("1001"));
    replayed.challenge();
    phone.play("G: 401 REGISTER | WWW-Authenticate: stale=true");
  }

  @Test
  void readsExpiryFromTheContactBeforeTheExpiresHeader() {
    phone.play(
        "P: REGISTER | Expires: 120"
            + " | Contact: <sip:a@127.0.0.1>;expires=60;q=0.5, <sip:b@127.0.0.1>");
    RegisterRequest request = gateway.nextRegistration();
    assertThat(request.contacts())
        .containsExactly(
            new RegisterRequest.Contact("sip:a@127.0.0.1", Duration.ofSeconds(60), 0.5f),
            new RegisterRequest.Contact("sip:b@127.0.0.1", Duration.ofSeconds(120), 1));
    request.accept(request.contacts());
    phone.play("G: 200 REGISTER | Contact: <sip:a@127.0.0.1>;q=0.500;expires=60 | Date: GMT");
    assertThat(phone.last().all("Contact")).hasSize(2);
  }

  @Test
  void readsWhatAPhoneIsKnownBy() {
    phone.play(
        "P: REGISTER | Contact:"
            + " <sip:a@127.0.0.1>;+sip.instance=\"<urn:uuid:1>\";reg-id=2;expires=60");
    RegisterRequest request = gateway.nextRegistration();
    String instance = "+sip.instance=\"<urn:uuid:1>\";reg-id=2";
    assertThat(request.contacts())
        .containsExactly(
            new RegisterRequest.Contact("sip:a@127.0.0.1", Duration.ofSeconds(60), 1, instance));
    request.accept(request.contacts());
    phone.play("G: 200 REGISTER | Contact: <sip:a@127.0.0.1>;expires=60;" + instance);
  }

  @Test
  void readsNoExpiryWhereNoneIsGiven() {
    phone.play("P: REGISTER | User-Agent: Phone/1.0");
    RegisterRequest request = gateway.nextRegistration();
    assertThat(request.contacts().get(0).expires()).isNull();
    assertThat(request.userAgent()).isEqualTo("Phone/1.0");
    request.refuse(new SipStatus(403, "Forbidden", 0, "not you"), null);
    phone.play("G: 403 REGISTER | Warning: not you");
  }

  @Test
  void listsTheBindingsToARegisterWithoutContact() {
    phone.play("P: REGISTER | Contact: -");
    RegisterRequest request = gateway.nextRegistration();
    assertThat(request.contacts()).isEmpty();
    request.accept(
        ImmutableList.of(
            new RegisterRequest.Contact("sip:x@127.0.0.1;ob", Duration.ofSeconds(7), 1)));
    phone.play("G: 200 REGISTER | Contact: <sip:x@127.0.0.1;ob>;expires=7");
  }

  @Test
  void removesAllBindings() {
    phone.play("P: REGISTER | Contact: * | Expires: 0");
    RegisterRequest request = gateway.nextRegistration();
    assertThat(request.removesAll()).isTrue();
    request.accept(ImmutableList.of());
    phone.play("G: 200 REGISTER | Contact: -");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Contact: * | Expires: 60",
        "Contact: *",
        "Contact: *, <sip:a@127.0.0.1> | Expires: 0",
        "Contact: <sip:a@127.0.0.1>, * | Expires: 0",
        "Contact: <sip:a@127.0.0.1",
        "Contact: <sip:a@127.0.0.1> | Expires: soon",
      })
  void refusesContactsThatContradictThemselves(String headers) {
    phone.play("P: REGISTER | " + headers + "\nG: 400 REGISTER");
  }

  @Test
  void saysTheShortestExpiry() {
    phone.play("P: REGISTER | Expires: 1");
    gateway
        .nextRegistration()
        .refuse(new SipStatus(423, "Interval Too Brief", 0, ""), Duration.ofSeconds(60));
    phone.play("G: 423 REGISTER | Min-Expires: 60");
  }

  @Test
  void answersARepeatedRegisterOnceMoreAndAsksNobody() {
    phone.play("P: REGISTER");
    gateway.nextRegistration().accept(ImmutableList.of());
    phone.play("G: 200 REGISTER\nP: REGISTER again\nG: 200 REGISTER again");
  }
}
