package org.ringdown.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.config.Secret;
import org.ringdown.gateway.config.WebSettings.Turn;
import org.ringdown.webrtc.WebRtcConfig.IceServer;

final class TurnCredentialsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);
  private static final ImmutableList<String> URLS = ImmutableList.of("turn:turn.example:3478");

  @Test
  void theNameSaysUntilWhenAndThePasswordProvesIt() {
    Turn turn = new Turn(URLS, new Secret("turnsecret"), Duration.ofHours(1));
    assertThat(new TurnCredentials(turn, CLOCK).of("alice"))
        // printf %s 1700003600:alice | openssl dgst -sha1 -hmac turnsecret -binary | base64
        .containsExactly(new IceServer(URLS, "1700003600:alice", "J5LU4ie3BXJtEYiHuoYlszjblaw="));
  }

  @Test
  void withoutAServerThereIsNothingToHandOut() {
    Turn none = new Turn(ImmutableList.of(), Secret.NONE, Duration.ofHours(1));
    assertThat(new TurnCredentials(none, CLOCK).of("alice")).isEmpty();
  }
}
