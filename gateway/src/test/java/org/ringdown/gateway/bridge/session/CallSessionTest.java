package org.ringdown.gateway.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.bridge.leg.CallFacts;
import org.ringdown.gateway.bridge.leg.FakeLeg;
import org.ringdown.gateway.bridge.ring.ForkedLeg;
import org.ringdown.gateway.bridge.talk.FakeMedia;
import org.ringdown.gateway.bridge.talk.HeaderGate;
import org.ringdown.gateway.call.CallId;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.config.HeaderPolicy;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.MediaListener;
import org.ringdown.gateway.media.leg.PathState;
import org.ringdown.gateway.routing.Hunt;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.routing.address.AddressOfRecord;
import org.ringdown.sip.message.NameAddress;
import org.slf4j.LoggerFactory;

final class CallSessionTest {
  private static final CallFacts FACTS =
      new CallFacts(new CallId("testcall"), new NameAddress("A", "sip:1001@ringdown"), "alice");
  private static final HeaderPolicy X_ONLY =
      new HeaderPolicy(ImmutableList.of("x-*"), ImmutableList.of("x-*"));
  private static final EndReason HANGUP = EndReason.of(Kind.HANGUP, By.CALLEE);

  private final FakeLeg caller = new FakeLeg("caller", Dialect.PLAIN);
  private final FakeMedia media = new FakeMedia();
  private final FakeBranch phone = new FakeBranch("phone");
  private final FakeBranch page = new FakeBranch("page", Dialect.WEBRTC);
  private final ManualTime time = new ManualTime();
  private final List<CallRecord> records = new ArrayList<>();
  private final CallSession session =
      new CallSession(
          FACTS,
          caller,
          Runnable::run,
          ManualTime.TIMERS,
          new CallSession.Environment(
              time,
              time::after,
              FakeBranch::nobody,
              new HeaderGate((party, leg) -> X_ONLY),
              over -> records.add(over.record())));

  @Test
  void aCallIsOfferedRungAnsweredAndEnded() {
    begin("offer", page);
    assertThat(page.offered).isEqualTo("offer for page");
    page.does().onAlerted();
    page.does().onAnswered("sdp");
    caller.does().onConfirmed();
    page.does().onEnded(HANGUP);
    assertThat(caller.told).containsExactly("ring", "answer answer of page", "end HANGUP");
    assertThat(page.leg.told).isEmpty();
    assertThat(media.told).containsExactly("join page", "close");
    assertThat(theRecord().reason()).isEqualTo(HANGUP);
  }

  @Test
  void aDeviceThatMakesTheOfferIsAnsweredOnce() {
    phone.asked = true;
    begin("offer", phone);
    phone.does().onProgressed("its offer");
    phone.does().onAnswered("its offer");
    assertThat(phone.leg.told).containsExactly("answerOffer answer for phone");
    assertThat(caller.told).containsExactly("progress answer of phone", "answer answer of phone");
    assertThat(media.told).startsWith("ask phone", "join phone");
  }

  @Test
  void anOfferThatCannotBeUsedIsAnsweredByNothingAndTheOthersRing() {
    phone.asked = true;
    begin("offer", phone, page);
    phone.does().onAnswered("bad offer");
    assertThat(phone.leg.told)
        .containsExactly("answerOffer nothing for phone", "end NOT_ACCEPTABLE_MEDIA");
    page.does().onAnswered("sdp");
    assertThat(caller.told).containsExactly("answer answer of page");
  }

  @Test
  void whatADeviceSaysInItsHeaderFieldsGoesWithWhatItDoes() {
    begin("offer", page, phone);
    page.does().onHeaders(ImmutableMap.of("x-kind", "page", "subject", "no"));
    phone.does().onHeaders(ImmutableMap.of("x-kind", "phone"));
    page.does().onAlerted();
    phone.does().onAnswered("sdp");
    caller.does().onConfirmed();
    caller.does().onHeaders(ImmutableMap.of("x-bye", "1"));
    caller.does().onEnded(EndReason.of(Kind.HANGUP, By.CALLER));
    assertThat(caller.told)
        .containsExactly(
            "say {x-kind=page}", "ring", "say {x-kind=phone}", "answer answer of phone");
    assertThat(phone.leg.told).containsExactly("say {x-bye=1}", "end HANGUP");
  }

  @Test
  void headerFieldsOfTheLastRefusalGoWithIt() {
    begin("offer", page, phone);
    phone.does().onHeaders(ImmutableMap.of("x-why", "lunch"));
    phone.does().onEnded(EndReason.of(Kind.BUSY, By.CALLEE));
    assertThat(caller.told).isEmpty();
    page.does().onHeaders(ImmutableMap.of("x-why", "asleep"));
    page.does().onEnded(EndReason.of(Kind.TIMEOUT, By.CALLEE));
    assertThat(caller.told).containsExactly("say {x-why=asleep}", "end BUSY");
  }

  @Test
  void theFirstToAnswerHasTheCallAndTheOthersLearnOfIt() {
    begin("offer", page, phone);
    page.does().onAlerted();
    phone.does().onAlerted();
    phone.does().onAnswered("sdp");
    page.does().onAnswered("late");
    assertThat(page.leg.told).containsExactly("end ANSWERED_ELSEWHERE");
    assertThat(caller.told).containsExactly("ring", "answer answer of phone");
    assertThat(media.told).containsExactly("release page", "join phone");
  }

  @Test
  void aCallerThatOffersAnewBeforeTheAnswerIsAnsweredOnce() {
    begin("offer", phone);
    caller.does().onOffer("fresh offer");
    caller.does().onOffer("bad offer");
    phone.does().onAnswered("sdp");
    assertThat(media.told).containsExactly("replaced by fresh offer", "join phone");
    assertThat(caller.told)
        .containsExactly("refuseOffer NOT_ACCEPTABLE_MEDIA", "answer answer of phone");
  }

  @Test
  void aBusyDeviceLeavesTheOthersRinging() {
    begin("offer", page, phone);
    phone.does().onEnded(EndReason.of(Kind.BUSY, By.CALLEE));
    assertThat(caller.told).isEmpty();
    page.does().onAnswered("sdp");
    assertThat(caller.told).containsExactly("answer answer of page");
  }

  @Test
  void whenNobodyIsLeftTheMostTellingRefusalCounts() {
    begin("offer", page, phone);
    phone.does().onEnded(EndReason.of(Kind.BUSY, By.CALLEE));
    page.does().onEnded(EndReason.of(Kind.TIMEOUT, By.CALLEE));
    assertThat(caller.told).containsExactly("end BUSY");
    assertThat(media.told).containsExactly("release phone", "release page", "close");
  }

  @Test
  void aDeclinedCallStopsRingingEverywhere() {
    begin("offer", page, phone);
    page.does().onEnded(EndReason.of(Kind.DECLINED, By.CALLEE));
    assertThat(phone.leg.told).containsExactly("end DECLINED");
    assertThat(caller.told).containsExactly("end DECLINED");
  }

  @Test
  void aGlobalRefusalStopsRingingEverywhere() {
    begin("offer", page, phone);
    phone.does().onEnded(new EndReason(Kind.BUSY, By.CALLEE, 600, 0, ""));
    assertThat(page.leg.told).containsExactly("end BUSY");
    assertThat(caller.told).containsExactly("end BUSY");
  }

  @Test
  void aUserWithoutDevicesIsUnavailable() {
    begin("offer");
    assertThat(caller.told).containsExactly("end UNAVAILABLE");
  }

  @Test
  void theCallersCancelEndsEveryDevice() {
    begin("offer", page, phone);
    caller.does().onEnded(EndReason.of(Kind.CANCELLED, By.CALLER));
    assertThat(page.leg.told).containsExactly("end CANCELLED");
    assertThat(phone.leg.told).containsExactly("end CANCELLED");
    assertThat(caller.told).isEmpty();
  }

  @Test
  void nobodyAnsweringEndsTheCallWhenTheRingTimeIsOver() {
    begin("offer", page);
    page.does().onAlerted();
    time.pass(Duration.ofSeconds(59));
    assertThat(page.leg.told).isEmpty();
    time.pass(Duration.ofSeconds(2));
    assertThat(page.leg.told).containsExactly("end NO_ANSWER");
    assertThat(caller.told).containsExactly("ring", "end NO_ANSWER");
  }

  @Test
  void anOfferThatCannotBeUsedIsRefusedAndLeavesNothing() {
    begin("bad offer", page);
    assertThat(caller.told).containsExactly("end NOT_ACCEPTABLE_MEDIA");
    assertThat(media.told).containsExactly("release page", "close");
  }

  @Test
  void anAnswerThatCannotBeUsedEndsBothSides() {
    begin("offer", page);
    page.does().onAnswered("bad answer");
    assertThat(caller.told).contains("end NOT_ACCEPTABLE_MEDIA");
    assertThat(page.leg.told).containsExactly("end NOT_ACCEPTABLE_MEDIA");
    assertThat(media.told).containsExactly("close");
  }

  @Test
  void earlyMediaAreHeardOnceAndALaterAnswerIsJoinedAgain() {
    begin("offer", phone);
    phone.does().onProgressed("early");
    phone.does().onProgressed("early, changed");
    phone.does().onAnswered("other");
    assertThat(caller.told).containsExactly("progress answer of phone", "answer answer of phone");
    assertThat(media.told).containsExactly("join phone", "join phone", "join phone");
  }

  @Test
  void earlyMediaMayBeOfferedAnewByEitherSide() {
    begin("offer", phone);
    phone.does().onProgressed("early");
    phone.does().onOffer("changed");
    phone.does().onOffer("bad");
    caller.does().onOffer("changed");
    assertThat(phone.leg.told)
        .containsExactly("answerOffer local answer for phone", "refuseOffer NOT_ACCEPTABLE_MEDIA");
    assertThat(caller.told)
        .containsExactly("progress answer of phone", "answerOffer local answer for caller");
  }

  @Test
  void aHoldIsAnsweredHereAndToldToTheOtherSideOnce() {
    connect(page);
    caller.does().onOffer(audio("sendonly"));
    caller.does().onOffer(audio("sendonly"));
    caller.does().onOffer(audio("sendrecv"));
    assertThat(page.leg.told).containsExactly("held", "resumed");
    assertThat(caller.told).endsWith("answerOffer local answer for caller");
  }

  @Test
  void aReofferThatCannotBeUsedIsRefusedAndTheCallGoesOn() {
    connect(page);
    caller.does().onOffer("bad");
    assertThat(caller.told).endsWith("refuseOffer NOT_ACCEPTABLE_MEDIA");
    assertThat(records).isEmpty();
  }

  @Test
  void aCallerWithoutAnOfferIsOfferedToAndItsAnswerCompletesTheCall() {
    begin(null, page);
    assertThat(page.offered).isEqualTo("own offer for page");
    page.does().onAnswered("sdp");
    caller.does().onOfferAnswered(audio("sendrecv"));
    caller.does().onConfirmed();
    assertThat(caller.told).containsExactly("answer answer of page");
    assertThat(media.told).containsExactly("join page", "caller took " + audio("sendrecv"));
    assertThat(page.leg.told).isEmpty();
  }

  @Test
  void aCallersAnswerThatCannotBeUsedEndsTheCall() {
    begin(null, page);
    page.does().onAnswered("sdp");
    caller.does().onOfferAnswered("bad");
    assertThat(caller.told).endsWith("end NOT_ACCEPTABLE_MEDIA");
    assertThat(page.leg.told).containsExactly("end NOT_ACCEPTABLE_MEDIA");
  }

  @Test
  void aSideThatAsksForAnOfferGetsItHereAndItsAnswerMayHold() {
    connect(page);
    caller.does().onOfferAsked();
    caller.does().onOfferAnswered(audio("inactive"));
    assertThat(caller.told).endsWith("answerOffer sendrecv");
    assertThat(media.told).endsWith("caller took " + audio("inactive"));
    assertThat(page.leg.told).containsExactly("held");
  }

  @Test
  void digitsGoToTheOtherSideInItsMediaAndToItsPage() {
    connect(page);
    caller.does().onDigits("12", 100, 70);
    page.does().onDigits("#", 100, 70);
    assertThat(media.told).contains("dtmf 12 to page", "dtmf # to caller");
    assertThat(page.leg.told).containsExactly("digit 1", "digit 2");
  }

  @Test
  void silenceIsToldToBothSidesAndAFailedPathEndsTheCall() {
    connect(page);
    MediaListener seen = session.mediaEvents();
    seen.onMedia(caller.media(), PathState.SILENT, ImmutableMap.of());
    assertThat(page.leg.told).containsExactly("media one-way");
    seen.onMedia(page.media(), PathState.ICE_FAILED, ImmutableMap.of());
    assertThat(caller.told).endsWith("end PATH_FAILED");
    assertThat(theRecord().reason().kind()).isEqualTo(Kind.PATH_FAILED);
    assertThat(page.leg.told).endsWith("media lost", "end PATH_FAILED");
    assertThat(theRecord().verdicts())
        .extracting(verdict -> verdict.get("code"))
        .containsExactly("no-rtp-from-sip", "ice-failed");
  }

  @Test
  void soundThatComesBackIsToldToBothSidesOnceNobodyIsSilent() {
    connect(page);
    MediaListener seen = session.mediaEvents();
    seen.onMedia(caller.media(), PathState.SILENT, ImmutableMap.of());
    seen.onMedia(page.media(), PathState.SILENT, ImmutableMap.of());
    seen.onMedia(caller.media(), PathState.HEARD_AGAIN, ImmutableMap.of());
    seen.onMedia(page.media(), PathState.HEARD_AGAIN, ImmutableMap.of());
    assertThat(page.leg.told)
        .containsExactly("media one-way", "media one-way", "media one-way", "media connected");
    assertThat(caller.told).endsWith("media one-way", "media connected");
  }

  @Test
  void aCallHasOneAlarmAndLeavesNone() {
    connect(page);
    assertThat(time.pending()).isEqualTo(1);
    page.does().onEnded(HANGUP);
    assertThat(time.pending()).isZero();
  }

  @Test
  void nobodysNumberStandsInTheLog() {
    Logger logger = (Logger) LoggerFactory.getLogger("org.ringdown.gateway");
    ListAppender<ILoggingEvent> written = new ListAppender<>();
    written.start();
    logger.addAppender(written);
    connect(page);
    page.does().onEnded(HANGUP);
    logger.detachAppender(written);
    assertThat(written.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
        .isNotEmpty()
        .noneMatch(event -> event.getFormattedMessage().matches(".*(1001|alice).*"));
  }

  @Test
  void aFaultOfOursCostsThisCallAndTellsBothSides() {
    begin("offer", page);
    session.execute(
        () -> {
          throw new IllegalStateException("a bug");
        });
    assertThat(caller.told).containsExactly("end INTERNAL_ERROR");
    assertThat(page.leg.told).containsExactly("end INTERNAL_ERROR");
    assertThat(theRecord().reason().kind()).isEqualTo(Kind.INTERNAL_ERROR);
  }

  @Test
  void aFaultBeforeTheBeginningStillEndsTheCaller() {
    session.execute(
        () -> {
          throw new IllegalStateException("a bug");
        });
    assertThat(caller.told).containsExactly("end INTERNAL_ERROR");
  }

  private void begin(@Nullable String offer, FakeBranch... branches) {
    Route route = new Route.ToUser(new AddressOfRecord("alice"));
    session.execute(
        () ->
            session.begin(
                offer,
                new ForkedLeg.Way(
                    new Hunt(route),
                    step -> ImmutableList.copyOf(branches),
                    (by, uri) -> ImmutableList.of()),
                media));
  }

  private void connect(FakeBranch branch) {
    begin("offer", branch);
    branch.does().onAnswered("sdp");
    caller.does().onConfirmed();
  }

  private CallRecord theRecord() {
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  private static String audio(String direction) {
    return "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
        + "m=audio 4000 RTP/AVP 8\r\na="
        + direction
        + "\r\n";
  }
}
