package org.ringdown.gateway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.gateway.e2e.sip.Sipp;

/** The registrar, by SIPp over UDP and TCP. */
@NeedsPrograms("sipp")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistrationIT {
  private final Stage stage = Stage.of(RegistrationIT.class);
  private final GatewayProcess gateway = stage.gateway();

  @AfterEach
  void removeAll() {
    register(stage.ports().one(), Map.of("contacts", "contact-all.txt", "expires", "0"));
  }

  @AfterAll
  void sendHome() throws Exception {
    stage.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"u1", "t1"})
  void phoneComesStaysAndGoes(String transport) {
    int port = stage.ports().one();
    register(port, Map.of(), "-t", transport);
    assertThat(bindings()).as("after the first").isEqualTo(1);
    register(port, Map.of(), "-t", transport);
    assertThat(bindings()).as("after a refresh").isEqualTo(1);
    register(port, Map.of("expires", "0"), "-t", transport);
    assertThat(bindings()).as("after it went").isZero();
  }

  @Test
  void twoPhonesOfOneUserStandSideBySide() {
    register(stage.ports().one(), Map.of());
    register(stage.ports().one(), Map.of());
    assertThat(bindings()).isEqualTo(2);
  }

  @Test
  void tooShortATimeIsRefusedWithTheLeast() {
    Sipp phone = register(stage.ports().one(), Map.of("expires", "1", "status", "423"));
    assertThat(phone.received("SIP/2.0 423", "Min-Expires: 5")).isEqualTo(1);
    assertThat(bindings()).isZero();
  }

  @Test
  void wrongPasswordIsRefused() {
    register(stage.ports().one(), Map.of("password", "wrong", "status", "401"));
    assertThat(bindings()).isZero();
  }

  @Test
  void unknownUserIsRefusedAsAWrongPasswordIs() {
    register(stage.ports().one(), Map.of("user", "nobody", "status", "401"));
    assertThat(bindings()).isZero();
  }

  private Sipp register(int port, Map<String, String> parameters, String... options) {
    return stage
        .sipp(new Sipp.Role("register", gateway.sipPort(), port, parameters, List.of(options)))
        .awaitSuccess();
  }

  private int bindings() {
    return gateway.status().bindings();
  }
}
