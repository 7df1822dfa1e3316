package org.ringdown.gateway.bridge;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.bridge.house.HouseRules;
import org.ringdown.gateway.bridge.leg.Party;
import org.ringdown.gateway.bridge.leg.Passed;
import org.ringdown.gateway.bridge.leg.Seat;
import org.ringdown.gateway.bridge.reason.BrowserReasons;
import org.ringdown.gateway.bridge.session.Attempt;
import org.ringdown.gateway.bridge.session.CallService;
import org.ringdown.gateway.call.EndReason;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.call.EndReason.Kind;
import org.ringdown.gateway.linetest.Finding;
import org.ringdown.gateway.linetest.Finding.Step;
import org.ringdown.gateway.linetest.Finding.Verdict;
import org.ringdown.gateway.linetest.LineTest;
import org.ringdown.gateway.media.leg.Dialect;
import org.ringdown.gateway.media.leg.LegRef;
import org.ringdown.gateway.routing.Hunt;
import org.ringdown.gateway.routing.Origin;
import org.ringdown.gateway.routing.Route;
import org.ringdown.gateway.trunk.TrunkLink;
import org.ringdown.gateway.trunk.Trunks;
import org.ringdown.sip.rtp.RtpPortRange;
import org.ringdown.webrtc.page.WebRtcHandler.LineFinding;
import org.ringdown.webrtc.page.WebRtcHandler.SignIn.Refused;
import org.ringdown.webrtc.signaling.ReasonCode;

/**
 * Tests of lines to the outside that pages ask for, one at a time. The test is a call of the page's
 * user to the trunk's test number, so that it may do what the user may, and counts as any other
 * call. Safe from any thread.
 */
final class LineTests {
  private final Supplier<HouseRules> rules;
  private final Trunks trunks;
  private final CallService calls;
  private final RtpPortRange ports;
  private final ScheduledExecutorService timer;
  private final AtomicBoolean busy = new AtomicBoolean();

  /**
   * No test goes on.
   *
   * @param rules what holds now
   * @param ports for the sound of tests
   * @param timer has one thread
   */
  LineTests(
      Supplier<HouseRules> rules,
      Trunks trunks,
      CallService calls,
      RtpPortRange ports,
      ScheduledExecutorService timer) {
    this.rules = rules;
    this.trunks = trunks;
    this.calls = calls;
    this.ports = ports;
    this.timer = timer;
  }

  /** The trunks that have a test number and by which somebody may call it. */
  ImmutableList<TrunkLink> of(Origin origin) {
    return trunks.all().stream()
        .filter(trunk -> trunk.testNumber().filter(n -> leadsTo(trunk, origin, n)).isPresent())
        .collect(ImmutableList.toImmutableList());
  }

  private boolean leadsTo(TrunkLink trunk, Origin origin, String number) {
    Route route = rules.get().router().route(origin, number);
    return !(route instanceof Route.Refused)
        && new Hunt(route)
            .next()
            .filter(
                first ->
                    first.to() instanceof Route.ToTrunk out && out.trunk().equals(trunk.name()))
            .isPresent();
  }

  /**
   * Begins a test.
   *
   * @param name the trunk's; empty for the first that can be tested
   * @return why not
   */
  Optional<Refused> begin(Party caller, String name, Consumer<LineFinding> findings) {
    Optional<TrunkLink> trunk =
        of(caller.origin()).stream()
            .filter(each -> name.isEmpty() || each.name().equals(name))
            .findFirst();
    if (trunk.isEmpty()) {
      return Optional.of(
          new Refused(ReasonCode.NOT_FOUND, "There is no such line that you may test."));
    }
    if (!busy.compareAndSet(false, true)) {
      return Optional.of(
          new Refused(ReasonCode.OVERLOADED, "A line is being tested; try again in a minute."));
    }
    Running running = new Running(trunk.get().name(), caller, findings);
    if (running.isUp(trunk.get())) {
      running.call(trunk.get().testNumber().orElseThrow());
    }
    return Optional.empty();
  }

  /** One test. */
  private final class Running implements LineTest.Line {
    private final String trunk;
    private final Consumer<LineFinding> findings;
    private final Party caller;
    private final Seat seat;

    Running(String trunk, Party caller, Consumer<LineFinding> findings) {
      this.trunk = trunk;
      this.caller = caller;
      this.findings = findings;
      seat = Seat.ofCaller(caller, new LegRef("caller", Dialect.PLAIN));
    }

    boolean isUp(TrunkLink link) {
      Optional<String> obstacle = link.obstacle();
      ImmutableMap<String, Object> standing = link.standing();
      long millis = standing.get("optionsMs") instanceof Number ms ? ms.longValue() : 0;
      String text = obstacle.orElse("The trunk " + trunk + " is " + standing.get("state") + ".");
      Verdict verdict = obstacle.isPresent() ? Verdict.FAILED : Verdict.PASSED;
      found(new Finding(Step.TRUNK, verdict, Duration.ofMillis(millis), text, null));
      if (obstacle.isPresent()) {
        over(false);
      }
      return obstacle.isEmpty();
    }

    void call(String number) {
      try {
        LineTest test = new LineTest(ports, timer, this);
        Attempt attempt = new Attempt(caller, number, test.offer(), Passed.NOTHING);
        calls.place(attempt, new TestLeg(seat, test));
      } catch (IOException e) {
        EndReason full = EndReason.byGateway(Kind.OVERLOADED, "no media port is left");
        found(
            new Finding(Step.CALL, Verdict.FAILED, Duration.ZERO, "The test cannot begin.", full));
        over(false);
      }
    }

    @Override
    public void found(Finding finding) {
      EndReason reason = finding.reason();
      findings.accept(
          new LineFinding(
              trunk,
              Ascii.toLowerCase(finding.step().name()),
              passed(finding.verdict()),
              finding.took(),
              text(finding),
              reason == null ? null : BrowserReasons.codeOf(reason.kind())));
    }

    private static @Nullable Boolean passed(Verdict verdict) {
      return verdict == Verdict.UNKNOWN ? null : verdict == Verdict.PASSED;
    }

    private static String text(Finding finding) {
      EndReason reason = finding.reason();
      if (reason == null) {
        return finding.text();
      }
      String why = reason.text();
      String said = why.isEmpty() ? BrowserReasons.codeOf(reason.kind()).sentence() : why;
      String status = reason.status() == 0 ? "" : " (SIP " + reason.status() + ")";
      return finding.text() + " " + said + status;
    }

    @Override
    public void hangUp() {
      seat.tell(listener -> listener.onEnded(EndReason.of(Kind.HANGUP, By.CALLER)));
    }

    @Override
    public void over(boolean passed) {
      busy.set(false);
      String text = passed ? "The line is in order." : "The line is not in order.";
      findings.accept(new LineFinding(trunk, "result", passed, Duration.ZERO, text, null));
    }
  }
}
