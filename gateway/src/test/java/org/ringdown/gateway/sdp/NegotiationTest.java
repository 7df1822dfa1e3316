package org.ringdown.gateway.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.sdp.Negotiation.State;
import org.ringdown.gateway.sdp.Negotiation.Verdict;

final class NegotiationTest {
  private final Negotiation negotiation = new Negotiation();

  @Test
  void offerAndAnswerOfOursLeadBackToStable() {
    assertThat(negotiation.offerSent()).isTrue();
    assertThat(negotiation.state()).isEqualTo(State.OFFER_SENT);
    assertThat(negotiation.answerReceived()).isTrue();
    assertThat(negotiation.state()).isEqualTo(State.STABLE);
  }

  @Test
  void offerAndAnswerOfThePeerLeadBackToStable() {
    assertThat(negotiation.offerReceived()).isEqualTo(Verdict.PROCEED);
    assertThat(negotiation.state()).isEqualTo(State.OFFER_RECEIVED);
    assertThat(negotiation.answerSent()).isTrue();
    assertThat(negotiation.state()).isEqualTo(State.STABLE);
  }

  @Test
  void anOfferAgainstOursIsGlare() {
    negotiation.offerSent();

    assertThat(negotiation.offerReceived()).isEqualTo(Verdict.GLARE);
    assertThat(negotiation.state()).isEqualTo(State.OFFER_SENT);
  }

  @Test
  void aSecondOfferOfThePeerHasToWait() {
    negotiation.offerReceived();

    assertThat(negotiation.offerReceived()).isEqualTo(Verdict.STILL_BUSY);
    assertThat(negotiation.offerSent()).isFalse();
  }

  @Test
  void anAnswerNobodyAskedForIsNotTaken() {
    assertThat(negotiation.answerReceived()).isFalse();
    assertThat(negotiation.answerSent()).isFalse();
    negotiation.offerSent();
    assertThat(negotiation.answerSent()).isFalse();
  }

  @Test
  void aWithdrawnOfferMakesRoomForTheNext() {
    negotiation.offerSent();
    negotiation.withdrawn();

    assertThat(negotiation.offerSent()).isTrue();
  }

  @Test
  void theOwnerOfTheCallIdRetriesLaterThanTheOther() {
    assertThat(Negotiation.retryAfter(true, 0)).isEqualTo(Duration.ofMillis(2_100));
    assertThat(Negotiation.retryAfter(true, 0.999_999)).isEqualTo(Duration.ofSeconds(4));
    assertThat(Negotiation.retryAfter(false, 0)).isEqualTo(Duration.ZERO);
    assertThat(Negotiation.retryAfter(false, 0.5)).isEqualTo(Duration.ofSeconds(1));
    assertThat(Negotiation.retryAfter(false, 0.999_999)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aRandomNumberOutOfRangeIsOurFault() {
    assertThatIllegalArgumentException().isThrownBy(() -> Negotiation.retryAfter(true, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Negotiation.retryAfter(true, Double.NaN));
  }
}
