package org.ringdown.webrtc.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.ringdown.webrtc.media.PeerTransport.State;

class PathProgressTest {
  private static final PathProgress.Seen NOTHING = new PathProgress.Seen(false, false, false);

  private final PathProgress progress =
      new PathProgress(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(10));

  @Test
  void aCallGoesFromNewToConnected() {
    assertThat(progress.state()).isEqualTo(State.NEW);
    progress.heard(seconds(1));
    assertThat(progress.state()).isEqualTo(State.CONNECTING);
    progress.secured();
    assertThat(progress.state()).isEqualTo(State.CONNECTED);
  }

  @Test
  void silenceIsLostAndAnyLifeBringsItBack() {
    progress.heard(seconds(1));
    progress.secured();
    progress.tick(seconds(6), seconds(1), NOTHING);
    assertThat(progress.state()).isEqualTo(State.CONNECTED);
    progress.tick(seconds(6) + 1, seconds(1), NOTHING);
    assertThat(progress.state()).isEqualTo(State.LOST);
    progress.tick(seconds(66), seconds(1), NOTHING);
    assertThat(progress.state()).as("as long as it may come back").isEqualTo(State.LOST);

    progress.heard(seconds(66));
    assertThat(progress.state()).isEqualTo(State.CONNECTED);
  }

  @Test
  void aPathThatStaysLostHasFailed() {
    progress.heard(seconds(1));
    progress.secured();
    progress.tick(seconds(7), seconds(1), NOTHING);
    progress.tick(seconds(66) + 1, seconds(1), NOTHING);
    assertThat(progress.state()).isEqualTo(State.ICE_FAILED);
    assertThat(progress.failure()).isEqualTo(PathFailure.NOT_BACK);
  }

  @Test
  void aBrowserThatMayUseNothingButTurnIsSaidToBeOne() {
    progress.described(seconds(0));
    progress.tick(seconds(11), 0, new PathProgress.Seen(false, false, true));
    assertThat(progress.failure()).isEqualTo(PathFailure.NO_CHECK_BY_RELAY);
  }

  @Test
  void aPathLostBeforeItWasSecuredComesBackToConnecting() {
    progress.heard(seconds(1));
    progress.tick(seconds(7), seconds(1), NOTHING);
    progress.heard(seconds(8));
    assertThat(progress.state()).isEqualTo(State.CONNECTING);
  }

  @Test
  void withoutACheckIceFailsSomeTimeAfterTheDescription() {
    progress.tick(seconds(1_000), 0, NOTHING);
    assertThat(progress.state()).as("nobody has answered yet").isEqualTo(State.NEW);
    progress.described(seconds(1_000));
    progress.tick(seconds(1_010), 0, NOTHING);
    assertThat(progress.state()).isEqualTo(State.NEW);
    progress.tick(seconds(1_011), 0, NOTHING);
    assertThat(progress.state()).isEqualTo(State.ICE_FAILED);
    progress.heard(seconds(1_012));
    assertThat(progress.state()).as("for good").isEqualTo(State.ICE_FAILED);
    assertThat(progress.failure()).isEqualTo(PathFailure.NO_CHECK);
  }

  @Test
  void checksWithoutAHandshakeFailItIsDtlsThatFailed() {
    progress.described(seconds(1));
    progress.heard(seconds(2));
    progress.tick(seconds(12), seconds(11), NOTHING);
    assertThat(progress.state()).isEqualTo(State.CONNECTING);
    progress.tick(seconds(13), seconds(12), new PathProgress.Seen(false, true, false));
    assertThat(progress.state()).isEqualTo(State.DTLS_FAILED);
  }

  @Test
  void checksWithoutAnyHandshakeMeanThatTheWayBackIsClosed() {
    progress.described(seconds(1));
    progress.heard(seconds(2));
    progress.tick(seconds(13), seconds(12), NOTHING);
    assertThat(progress.state()).isEqualTo(State.ICE_FAILED);
    assertThat(progress.failure()).isEqualTo(PathFailure.NO_WAY_BACK);
  }

  @Test
  void checksWithOtherCredentialsAreToldFromNoChecks() {
    progress.described(seconds(1));
    progress.tick(seconds(12), 0, new PathProgress.Seen(true, false, true));
    assertThat(progress.failure()).isEqualTo(PathFailure.OTHER_CREDENTIALS);
  }

  @Test
  void anEarlyHandshakeWaitsForTheDescriptionAsLongAsItTakes() {
    progress.heard(seconds(1));
    progress.tick(seconds(500), seconds(499), NOTHING);
    assertThat(progress.state()).isEqualTo(State.CONNECTING);
  }

  @Test
  void failuresAreFinalButForClose() {
    progress.failed(PathFailure.HANDSHAKE);
    progress.secured();
    progress.heard(seconds(1));
    assertThat(progress.state()).isEqualTo(State.DTLS_FAILED);
    assertThat(progress.isFinal()).isTrue();
    progress.closed();
    assertThat(progress.state()).isEqualTo(State.CLOSED);
    assertThat(progress.failure()).isEqualTo(PathFailure.HANDSHAKE);
  }

  @Test
  void aNewCertificateNeedsANewHandshake() {
    progress.described(seconds(1));
    progress.heard(seconds(1));
    progress.secured();
    progress.unsecured(seconds(100));
    assertThat(progress.state()).isEqualTo(State.CONNECTING);
    progress.tick(seconds(109), seconds(108), NOTHING);
    assertThat(progress.state()).isEqualTo(State.CONNECTING);
    progress.secured();
    assertThat(progress.state()).isEqualTo(State.CONNECTED);
  }

  private static long seconds(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }
}
