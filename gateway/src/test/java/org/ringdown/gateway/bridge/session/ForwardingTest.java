package org.ringdown.gateway.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.ringdown.gateway.bridge.leg.CallFacts;
import org.ringdown.gateway.bridge.leg.FakeLeg;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.ring.Branch;
import org.ringdown.gateway.bridge.ring.ForkedLeg;
import org.ringdown.gateway.bridge.talk.FakeMedia;
import org.ringdown.gateway.bridge.talk.HeaderGate;
import org.ringdown.gateway.call.CallId;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.config.HeaderPolicy;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.routing.Forwards;
import org.ringdown.gateway.routing.Hunt;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.routing.Step;
import org.ringdown.gateway.routing.address.AddressOfRecord;
import org.ringdown.sip.message.NameAddress;

/** Calls that are tried at one after another. */
final class ForwardingTest {
  private static final EndReason BUSY = EndReason.of(Kind.BUSY, By.CALLEE);
  private static final EndReason MOVED = new EndReason(Kind.REFUSED, By.CALLEE, 302, 0, "");

  private final FakeLeg caller = new FakeLeg("caller", Dialect.PLAIN);
  private final FakeMedia media = new FakeMedia();
  private final ManualTime time = new ManualTime();
  private final List<CallRecord> records = new ArrayList<>();
  private final Map<String, FakeBranch> phones = new LinkedHashMap<>();
  private final CallSession session =
      new CallSession(
          new CallFacts(new CallId("c"), new NameAddress("", "sip:1001@x"), "100"),
          caller,
          Runnable::run,
          ManualTime.TIMERS,
          new CallSession.Environment(
              time,
              time::after,
              FakeBranch::nobody,
              new HeaderGate((party, leg) -> HeaderPolicy.NONE),
              over -> records.add(over.record())));

  @Test
  void inTurnTheNextRingsWhenTheTimeOfTheOneBeforeIsOver() {
    begin(steps(step("a", 15), step("b", 15)), none());
    phone("a").does().onAlerted();
    time.pass(Duration.ofSeconds(14));
    assertThat(phones).doesNotContainKey("b");
    time.pass(Duration.ofSeconds(2));
    assertThat(phone("a").leg.told).containsExactly("end NO_ANSWER");
    phone("b").does().onAlerted();
    phone("b").does().onAnswered("sdp");
    assertThat(caller.told).containsExactly("ring", "answer answer of b");
    assertThat(media.told).containsExactly("release a", "join b");
  }

  @Test
  void whoIsBusyOrDeclinesIsPassedOver() {
    begin(steps(step("a", null), step("b", null), step("c", null)), none());
    phone("a").does().onEnded(BUSY);
    phone("b").does().onEnded(EndReason.of(Kind.DECLINED, By.CALLEE));
    phone("c").does().onAnswered("sdp");
    assertThat(caller.told).containsExactly("answer answer of c");
  }

  @Test
  void whenAllAreTriedTheMostTellingRefusalIsTold() {
    begin(steps(step("a", null), step("b", null)), none());
    phone("a").does().onEnded(BUSY);
    phone("b").does().onEnded(EndReason.of(Kind.UNAVAILABLE, By.CALLEE));
    assertThat(caller.told).containsExactly("end BUSY");
    assertThat(records).hasSize(1);
    assertThat(time.pending()).isZero();
  }

  @Test
  void aCallIsForwardedByHowItWent() {
    Forwards<Route> forwards =
        new Forwards<>(steps(step("busy", null)), steps(step("late", null)), ImmutableList.of());
    begin(steps(step("a", 20)), forwards);
    phone("a").does().onAlerted();
    time.pass(Duration.ofSeconds(21));
    phone("late").does().onEnded(BUSY);
    assertThat(phones).doesNotContainKey("busy");
    assertThat(caller.told).containsExactly("ring", "end BUSY");
  }

  @Test
  void aDeviceThatGivesNoSignIsUnavailable() {
    Forwards<Route> forwards =
        new Forwards<>(ImmutableList.of(), ImmutableList.of(), steps(step("b", null)));
    begin(steps(step("a", 30)), forwards);
    time.pass(Duration.ofSeconds(11));
    assertThat(phone("a").leg.told).containsExactly("end TIMEOUT");
    phone("b").does().onAnswered("sdp");
    assertThat(caller.told).containsExactly("answer answer of b");
  }

  @Test
  void theNextHasASetUpTimeOfItsOwnThoughTheCallerHearsRingingAlready() {
    begin(steps(step("a", null), step("b", null), step("c", null)), none());
    phone("a").does().onAlerted();
    phone("a").does().onEnded(BUSY);
    time.pass(Duration.ofSeconds(11));
    assertThat(phone("b").leg.told).containsExactly("end TIMEOUT");
    phone("c").does().onAlerted();
    time.pass(Duration.ofSeconds(59));
    assertThat(phone("c").leg.told).isEmpty();
    time.pass(Duration.ofSeconds(2));
    assertThat(caller.told).containsExactly("ring", "end BUSY");
  }

  @Test
  void earlyMediaOfTheFirstDoNotKeepTheSecondFromAnswering() {
    begin(steps(step("a", null), step("b", null)), none());
    phone("a").does().onProgressed("early");
    phone("a").does().onEnded(BUSY);
    caller.does().onDigits("1", 100, 70);
    phone("b").does().onProgressed("early too");
    caller.does().onDigits("2", 100, 70);
    phone("b").does().onAnswered("sdp");
    assertThat(caller.told).containsExactly("progress answer of a", "answer answer of b");
    assertThat(media.told)
        .containsExactly("join a", "release a", "join b", "dtmf 2 to b", "join b");
  }

  @Test
  void aCallerWhoGivesUpEndsWhoeverRingsAndNobodyElseIsCalled() {
    begin(steps(step("a", 15), step("b", 15)), none());
    phone("a").does().onAlerted();
    caller.does().onEnded(EndReason.of(Kind.CANCELLED, By.CALLER));
    phone("a").does().onEnded(BUSY);
    time.pass(Duration.ofSeconds(20));
    assertThat(phone("a").leg.told).containsExactly("end CANCELLED");
    assertThat(phones).doesNotContainKey("b");
    assertThat(time.pending()).isZero();
  }

  @Test
  void anAnswerThatCrossesTheEndOfItsTimeIsTooLate() {
    begin(steps(step("a", 15), step("b", 15)), none());
    phone("a").does().onAlerted();
    time.pass(Duration.ofSeconds(16));
    phone("a").does().onAnswered("late");
    assertThat(caller.told).containsExactly("ring");
    phone("b").does().onAnswered("sdp");
    assertThat(caller.told).containsExactly("ring", "answer answer of b");
  }

  private void begin(ImmutableList<Step<Route>> steps, Forwards<Route> forwards) {
    Hunt hunt = new Hunt(new Route.ToSteps(steps, forwards));
    session.execute(
        () ->
            session.begin(
                "offer", new ForkedLeg.Way(hunt, this::devices, this::redirected), media));
  }

  @Test
  void whoIsRedirectedToRingsInItsPlace() {
    begin(steps(step("a", 15)), none());
    phone("a").does().onRedirected(ImmutableList.of("sip:b@x", "sip:c@x"), MOVED);
    phone("b").does().onEnded(BUSY);
    phone("c").does().onAnswered("sdp");
    assertThat(caller.told).contains("answer answer of c");
    assertThat(phone("a").leg.told).isEmpty();
  }

  @Test
  void aRedirectionToWhomItMayNotCallIsARefusal() {
    begin(steps(step("a", 15)), none());
    phone("a").does().onRedirected(ImmutableList.of("sip:00900@x"), MOVED);
    assertThat(caller.told).containsExactly("end REFUSED");
  }

  @Test
  void twoThatRedirectToOneAnotherComeToAnEnd() {
    begin(steps(step("a", 15)), none());
    for (int turn = 0; turn < 6 && caller.told.isEmpty(); turn++) {
      FakeBranch ringing = phone(turn % 2 == 0 ? "a" : "b");
      ringing.does().onRedirected(ImmutableList.of(turn % 2 == 0 ? "sip:b@x" : "sip:a@x"), MOVED);
    }
    assertThat(caller.told).containsExactly("end REFUSED");
    assertThat(records).hasSize(1);
  }

  private ImmutableList<Branch> devices(Step<Route> step) {
    String name = ((Route.ToUser) step.to()).user().user();
    FakeBranch phone = new FakeBranch(name);
    phones.put(name, phone);
    return ImmutableList.of(phone);
  }

  /** A phone of that user is there for every URI but those that its owner may not call. */
  private ImmutableList<Branch> redirected(Party by, String uri) {
    String name = uri.replaceAll("sip:(.*)@.*", "$1");
    if (name.startsWith("00")) {
      return ImmutableList.of();
    }
    FakeBranch phone = new FakeBranch(name);
    phones.put(name, phone);
    return ImmutableList.of(phone);
  }

  private FakeBranch phone(String name) {
    return Objects.requireNonNull(phones.get(name), name);
  }

  private static Forwards<Route> none() {
    return Forwards.none();
  }

  @SafeVarargs
  private static ImmutableList<Step<Route>> steps(Step<Route>... steps) {
    return ImmutableList.copyOf(steps);
  }

  private static Step<Route> step(String user, @Nullable Integer seconds) {
    Duration limit = seconds == null ? null : Duration.ofSeconds(seconds);
    return new Step<>(new Route.ToUser(new AddressOfRecord(user)), limit);
  }
}
