package org.ringdown.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class IceLiteAgentTest {
  private static final IceCredentials FIRST = new IceCredentials("first", "password-of-the-first");
  private static final IceCredentials SECOND =
      new IceCredentials("second", "password-of-the-second");

  private final DatagramLink link = new FakeLink();
  private final Path home = path(1);
  private final Path cafe = path(2);
  private final IceLiteAgent agent = new IceLiteAgent(FIRST);

  @Test
  void aCheckIsAnsweredWithWhereItCameFromAndProvesOurPassword() throws Exception {
    IceLiteAgent.Check check = agent.check(request(FIRST, false), home);

    assertThat(check.valid()).isTrue();
    StunMessage response = StunMessage.parse(check.response());
    assertThat(response.isSuccess()).isTrue();
    assertThat(response.xorMappedAddress()).hasValue(home.remote());
    assertThat(response.integrityMatches(FIRST.key())).isTrue();
    assertThat(response.hasFingerprint()).isTrue();
  }

  @Test
  void beforeANominationTheLastCheckedPairIsUsed() throws Exception {
    assertThat(agent.selected()).isEmpty();
    agent.check(request(FIRST, false), home);
    agent.check(request(FIRST, false), cafe);

    assertThat(agent.selected()).hasValue(cafe);
    assertThat(agent.nominated()).isFalse();
  }

  @Test
  void theLastNominatedPairIsUsedWhateverIsCheckedBesides() throws Exception {
    agent.check(request(FIRST, true), home);
    agent.check(request(FIRST, false), cafe);
    assertThat(agent.selected()).hasValue(home);
    assertThat(agent.nominated()).isTrue();

    agent.check(request(FIRST, true), cafe);
    assertThat(agent.selected()).hasValue(cafe);
  }

  @Test
  void aWrongPasswordIsRefusedAndChangesNothing() throws Exception {
    IceLiteAgent.Check check =
        agent.check(request(new IceCredentials("first", "guessed"), true), home);

    assertThat(check.refused()).isEqualTo(StunError.UNAUTHENTICATED);
    assertThat(StunMessage.parse(check.response()).errorCode()).hasValue(401);
    assertThat(StunMessage.parse(check.response()).hasIntegrity()).isFalse();
    assertThat(agent.selected()).isEmpty();
  }

  @Test
  void anUnknownUserIsRefused() throws Exception {
    assertThat(agent.check(request(SECOND, true), home).refused())
        .isEqualTo(StunError.UNAUTHENTICATED);
  }

  @Test
  void aCheckWithoutIntegrityIsABadRequest() throws Exception {
    StunMessage bare =
        StunMessage.parse(StunWriter.request(new byte[12]).username("first:x").build());
    assertThat(agent.check(bare, home).refused()).isEqualTo(StunError.BAD_REQUEST);
  }

  @Test
  void aPeerThatClaimsToBeControlledTooIsToldOfTheConflict() throws Exception {
    StunMessage conflict =
        StunMessage.parse(
            StunWriter.request(new byte[12])
                .username("first:x")
                .iceControlled(1)
                .integrity(FIRST.key())
                .build());
    IceLiteAgent.Check check = agent.check(conflict, home);

    assertThat(check.refused()).isEqualTo(StunError.ROLE_CONFLICT);
    StunMessage response = StunMessage.parse(check.response());
    assertThat(response.errorCode()).hasValue(487);
    assertThat(response.integrityMatches(FIRST.key())).isTrue();
    assertThat(agent.selected()).isEmpty();
  }

  @Test
  void anUnknownAttributeThatMustBeUnderstoodIsRefused() throws Exception {
    StunMessage strange =
        StunMessage.parse(
            StunWriter.request(new byte[12])
                .username("first:x")
                .attribute(0x7F01, new byte[4])
                .integrity(FIRST.key())
                .build());
    IceLiteAgent.Check check = agent.check(strange, home);

    assertThat(check.refused()).isEqualTo(StunError.UNKNOWN_ATTRIBUTE);
    assertThat(StunMessage.parse(check.response()).unknownAttributes()).containsExactly(0x7F01);
  }

  @Test
  void duringARestartOldAndNewCredentialsServeUntilThePeerHasMoved() throws Exception {
    agent.check(request(FIRST, true), home);
    assertThat(agent.restart(SECOND)).isEmpty();
    assertThat(agent.credentials()).isEqualTo(SECOND);

    assertThat(agent.check(request(FIRST, true), home).valid()).isTrue();
    assertThat(agent.check(request(SECOND, false), cafe).valid()).isTrue();
    assertThat(agent.selected()).as("not before it nominates").hasValue(home);

    assertThat(agent.check(request(SECOND, true), cafe).retired()).containsExactly(FIRST);
    assertThat(agent.selected()).hasValue(cafe);
    assertThat(agent.check(request(FIRST, true), home).valid()).isFalse();
    assertThat(agent.serving()).containsExactly(SECOND);
  }

  @Test
  void aRestartThatThePeerNeverTakesUpKeepsTheOldCredentials() throws Exception {
    for (int i = 0; i < 3; i++) {
      agent.restart(new IceCredentials("unused" + i, "password" + i));
      assertThat(agent.check(request(FIRST, true), home).valid()).isTrue();
    }
    assertThat(agent.serving()).hasSize(4);
    assertThat(agent.restart(SECOND)).containsExactly(FIRST);
  }

  @Test
  void credentialsAreLongAndNeverTheSame() {
    IceCredentials one = IceCredentials.random(new SecureRandom());
    IceCredentials other = IceCredentials.random(new SecureRandom());
    assertThat(one).isNotEqualTo(other);
    assertThat(one.ufrag()).matches("[A-Za-z0-9+/]{4,256}");
    assertThat(one.password()).matches("[A-Za-z0-9+/]{22,256}");
    assertThat(one.toString()).doesNotContain(one.password());
  }

  private Path path(int host) {
    return new Path(link, new InetSocketAddress("192.0.2." + host, 1_000));
  }

  private static StunMessage request(IceCredentials as, boolean nominate) throws Exception {
    StunWriter writer =
        StunWriter.request(new byte[12])
            .username(as.ufrag() + ":peer")
            .priority(1)
            .iceControlling(7);
    if (nominate) {
      writer.useCandidate();
    }
    return StunMessage.parse(writer.integrity(as.key()).fingerprint().build());
  }
}
