package org.ringdown.gateway.bridge.talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringdown.gateway.bridge.leg.FakeLeg;
import org.ringdown.gateway.bridge.leg.Leg;
import org.ringdown.gateway.call.CallCommand;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.LegSdp;
import org.ringdown.gateway.call.Side;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.MediaException;

/** What one side does within the call, as the other is told of it. */
final class ConversationTest {
  private final FakeMedia media = new FakeMedia();
  private final FakeLeg phone = new FakeLeg("phone", Dialect.PLAIN);
  private final FakeLeg page = new FakeLeg("page", Dialect.WEBRTC);
  private final FakeLeg otherPage = new FakeLeg("other", Dialect.WEBRTC);
  private final List<EndReason> failures = new ArrayList<>();
  private final Conversation talk = between(page, phone);

  private Conversation between(Leg caller, Leg callee) {
    CallMedia joined = new CallMedia(media, caller.media(), "offer");
    try {
      joined.offerFor(callee.media());
    } catch (MediaException e) {
      throw new AssertionError(e);
    }
    Sides sides = new Sides(Runnable::run, event -> {}, mock(SideListener.class));
    sides.seat(Side.CALLER, caller);
    sides.seat(Side.CALLEE, callee);
    return new Conversation(sides, joined, failures::add);
  }

  @Test
  void whatAPageAddsIsAnsweredOnceTheOtherPageWasAsked() {
    Conversation pages = between(page, otherPage);
    pages.answerOffer(offerOfThePage("adds video"));
    assertThat(page.told).isEmpty();
    pages.answerOffer(offerOfThePage("adds video again"));
    assertThat(otherPage.told).containsExactly("offer adding for other");
    pages.onOfferAnswered(Side.CALLEE, "answer");
    assertThat(media.told).containsExactly("other took the change by answer");
    assertThat(page.told).containsExactly("answerOffer local answer for page");
  }

  @ParameterizedTest
  @CsvSource(
      value = {"null", "bad answer"},
      nullValues = "null")
  void thePageIsAnsweredEvenIfTheOtherGivesNoUsableAnswer(String answer) {
    Conversation pages = between(page, otherPage);
    pages.answerOffer(offerOfThePage("adds video"));
    pages.onOfferAnswered(Side.CALLEE, answer);
    assertThat(page.told).containsExactly("answerOffer local answer for page");
    assertThat(failures).isEmpty();
  }

  @Test
  void pagesThatAddAtTheSameTimeDoNotWaitForEachOther() {
    Conversation pages = between(page, otherPage);
    pages.answerOffer(offerOfThePage("adds video"));
    LegSdp crossing = new LegSdp("other", "adds video too");
    pages.answerOffer(new CallCommand.AnswerOffer(Side.CALLEE, crossing));
    assertThat(otherPage.told)
        .containsExactly("offer adding for other", "answerOffer local answer for other");
  }

  @Test
  void eachSideIsOfferedWhatTheOtherShowsNow() {
    media.pictureChanged = true;
    Conversation pages = between(page, otherPage);
    pages.answerOffer(offerOfThePage("less"));
    assertThat(otherPage.told).containsExactly("offer picture for other");
    talk.answerOffer(offerOfThePage("less"));
    assertThat(phone.told).containsExactly("offer picture for phone");
  }

  @Test
  void aPhoneIsAskedForWhatAPageAddsAndAPageForWhatAPhoneAdds() {
    talk.answerOffer(offerOfThePage("adds video"));
    assertThat(phone.told).containsExactly("offer adding for phone");
    talk.onOfferAnswered(Side.CALLEE, null);
    assertThat(media.told).containsExactly("phone refused an offer");
    assertThat(page.told).containsExactly("answerOffer local answer for page");
    talk.answerOffer(offerOf("phone", "adds video"));
    assertThat(page.told).endsWith("offer adding for page");
    talk.onOfferAnswered(Side.CALLER, "answer");
    assertThat(phone.told).endsWith("answerOffer local answer for phone");
  }

  @Test
  void whileAPhoneIsAskedItGetsNoOtherOffer() {
    talk.answerOffer(offerOfThePage("adds video"));
    talk.onHold(Side.CALLER, true);
    assertThat(phone.told).containsExactly("offer adding for phone", "held");
    talk.onOfferAnswered(Side.CALLEE, "answer");
    assertThat(phone.told).endsWith("offer sendonly");
  }

  @Test
  void aPictureThatStopsWhileThePhoneIsAskedIsToldAfterwards() {
    talk.onHold(Side.CALLER, true);
    media.pictureChanged = true;
    talk.answerOffer(offerOfThePage("less"));
    assertThat(phone.told).doesNotContain("offer picture for phone");
    talk.onOfferAnswered(Side.CALLEE, "recvonly");
    assertThat(phone.told).endsWith("offer picture for phone");
  }

  @Test
  void aTransferEndsTheWaitForTheSideThatLeaves() {
    Conversation pages = between(page, otherPage);
    pages.answerOffer(offerOfThePage("adds video"));
    pages.replaced(Side.CALLEE, Newcomer.called(otherPage, ImmutableSet.of()));
    assertThat(page.told).containsExactly("answerOffer local answer for page");
  }

  private static CallCommand.AnswerOffer offerOfThePage(String sdp) {
    return new CallCommand.AnswerOffer(Side.CALLER, new LegSdp("page", sdp));
  }

  @Test
  void thePhoneIsTakenOffTheLineAndBackByOffers() {
    talk.onHold(Side.CALLER, true);
    talk.onOfferAnswered(Side.CALLEE, "recvonly");
    talk.onHold(Side.CALLER, false);
    talk.onOfferAnswered(Side.CALLEE, "sendrecv");
    assertThat(phone.told).containsExactly("held", "offer sendonly", "resumed", "offer sendrecv");
    assertThat(media.told)
        .containsExactly(
            "hold by page", "phone took recvonly", "resume by page", "phone took sendrecv");
    assertThat(page.told).isEmpty();
  }

  @Test
  void aPhoneThatAsksForAnOfferGetsOneAndItsAnswerIsTaken() {
    talk.onOfferAsked(Side.CALLEE);
    talk.onOfferAnswered(Side.CALLEE, "answer");
    assertThat(phone.told).containsExactly("answerOffer sendrecv");
    assertThat(media.told).containsExactly("phone took answer");
  }

  @Test
  void onlyAnAnswerThatWasAskedForMustBeUsable() {
    talk.onOfferAnswered(Side.CALLEE, "bad refresh");
    assertThat(failures).isEmpty();
    talk.onOfferAsked(Side.CALLEE);
    talk.onOfferAnswered(Side.CALLEE, "bad answer");
    assertThat(failures)
        .extracting(EndReason::kind)
        .containsExactly(EndReason.Kind.NOT_ACCEPTABLE_MEDIA);
  }

  @Test
  void anotherPageIsToldByAnEventAlone() {
    Conversation pages = between(page, otherPage);
    pages.onHold(Side.CALLEE, true);
    pages.onHold(Side.CALLEE, false);
    assertThat(page.told).containsExactly("held", "resumed");
  }

  @Test
  void whileAnOfferIsOpenOnlyTheLastStateIsOfferedAfterIt() {
    talk.onHold(Side.CALLER, true);
    talk.onHold(Side.CALLER, false);
    talk.onHold(Side.CALLER, true);
    talk.onHold(Side.CALLER, false);
    assertThat(phone.told).containsOnlyOnce("offer sendonly").doesNotContain("offer sendrecv");
    talk.onOfferAnswered(Side.CALLEE, "recvonly");
    talk.onOfferAnswered(Side.CALLEE, "sendrecv");
    assertThat(phone.told).containsOnlyOnce("offer sendrecv").endsWith("offer sendrecv");
  }

  @Test
  void whatHasChangedBackMeanwhileIsNotOfferedAgain() {
    talk.onHold(Side.CALLER, true);
    talk.onHold(Side.CALLER, false);
    talk.onHold(Side.CALLER, true);
    talk.onOfferAnswered(Side.CALLEE, "recvonly");
    assertThat(phone.told).containsOnlyOnce("offer sendonly");
  }

  @Test
  void aPhoneThatRefusesOrAnswersNonsenseIsStillHeld() {
    talk.onHold(Side.CALLER, true);
    talk.onOfferAnswered(Side.CALLEE, null);
    assertThat(media.told).containsExactly("hold by page", "phone refused an offer");
    talk.onHold(Side.CALLER, false);
    talk.onOfferAnswered(Side.CALLEE, "bad answer");
    assertThat(media.told).endsWith("resume by page");
    assertThat(phone.told).endsWith("resumed", "offer sendrecv");
  }

  @Test
  void theResumeOfOneSideLeavesTheOthersHold() {
    talk.onHold(Side.CALLER, true);
    talk.answerOffer(offerOf("phone", "sendonly"));
    talk.answerOffer(offerOf("phone", "sendrecv"));
    assertThat(page.told).containsExactly("held", "resumed");
    assertThat(media.told).containsExactly("hold by page");
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, sendonly",
    "192.0.2.1, inactive",
    "0.0.0.0, sendrecv",
    "0.0.0.0, sendonly"
  })
  void everyFormOfAPhonesHoldIsToldOnceAndSoIsItsResume(String address, String direction) {
    CallCommand.AnswerOffer hold = offerOf("phone", address, direction);
    talk.answerOffer(hold);
    talk.answerOffer(hold);
    talk.answerOffer(offerOf("phone", "sendrecv"));
    assertThat(page.told).containsExactly("held", "resumed");
  }

  @Test
  void aSideThatHoldsInTwoWaysHasResumedWhenBothAreOver() {
    talk.onHold(Side.CALLEE, true);
    talk.answerOffer(offerOf("phone", "sendonly"));
    talk.onHold(Side.CALLEE, false);
    assertThat(page.told).containsExactly("held");
    talk.answerOffer(offerOf("phone", "sendrecv"));
    assertThat(page.told).containsExactly("held", "resumed");
  }

  @Test
  void aCallerThatCouldNotTakeAnOfferYetGetsItOnceItHasConfirmed() {
    Conversation incoming = between(phone, page);
    incoming.onHold(Side.CALLEE, true);
    incoming.confirmed();
    incoming.onOfferAnswered(Side.CALLER, null);
    assertThat(phone.told).containsExactly("held", "offer sendonly", "offer sendonly");
  }

  @Test
  void digitsGoIntoTheMediaWhereTheLegTakesThemAndElseBesideThem() {
    talk.onDigits(Side.CALLER, "12", 100, 50);
    assertThat(media.told).containsExactly("dtmf 12 to phone");
    assertThat(phone.told).containsExactly("digit 1", "digit 2");
    FakeLeg deaf = new FakeLeg("deaf", Dialect.PLAIN);
    between(page, deaf).onDigits(Side.CALLER, "12", 100, 50);
    assertThat(deaf.told).containsExactly("beside 12", "digit 1", "digit 2");
  }

  @Test
  void aDigitHeardInTheMediaIsSaidBesideThoseThatHaveNoPlaceForIt() {
    talk.heardDigit(Side.CALLER, '5', 80);
    assertThat(phone.told).containsExactly("digit 5");
    FakeLeg deaf = new FakeLeg("deaf", Dialect.PLAIN);
    between(page, deaf).heardDigit(Side.CALLER, '5', 80);
    assertThat(deaf.told).containsExactly("beside 5", "digit 5");
    assertThat(media.told).isEmpty();
  }

  @Test
  void aWholePictureIsAskedForInTheMediaOrBesideThem() {
    talk.onPictureAsked(Side.CALLEE);
    assertThat(media.told).containsExactly("picture of " + page.media().name());
    assertThat(page.told).isEmpty();
    FakeLeg deaf = new FakeLeg("deaf", Dialect.PLAIN);
    between(page, deaf).onPictureAsked(Side.CALLER);
    assertThat(deaf.told).containsExactly("picture asked");
  }

  @Test
  void theLastFiguresOfEachSideAreKept() {
    talk.onStats(Side.CALLER, ImmutableMap.of("packetsLost", 1));
    assertThat(talk.onStats(Side.CALLER, ImmutableMap.of("packetsLost", 2)))
        .containsEntry("leg", page.media().name());
    assertThat(talk.reports())
        .isEqualTo(ImmutableMap.of(Side.CALLER, ImmutableMap.of("packetsLost", 2)));
  }

  private static CallCommand.AnswerOffer offerOf(String leg, String direction) {
    return offerOf(leg, "192.0.2.1", direction);
  }

  private static CallCommand.AnswerOffer offerOf(String leg, String address, String direction) {
    String sdp =
        ("v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 " + address + "\r\nt=0 0\r\n")
            + ("m=audio 4000 RTP/AVP 8\r\na=" + direction + "\r\n");
    return new CallCommand.AnswerOffer(Side.CALLEE, new LegSdp(leg, sdp));
  }
}
