package org.ringdown.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.SIPStackTimerTask;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StackTimerTest {
  private static final int HOUR_MS = 3_600_000;

  private final StackTimer timer = new StackTimer();
  private final List<String> rung = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    timer.start(mock(SipStackImpl.class), new Properties());
  }

  @AfterEach
  void stop() {
    timer.stop();
    Thread.interrupted(); // it leaves this to whoever stops it
  }

  private SIPStackTimerTask task(Runnable work) {
    return new SIPStackTimerTask() {
      @Override
      public void runTask() {
        work.run();
      }

      @Override
      public Object getThreadHash() {
        return "";
      }
    };
  }

  private void awaitRung(int atLeast) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(rung).hasSizeGreaterThanOrEqualTo(atLeast));
  }

  @Test
  void ticksMeetAtTheNextMultipleOfTheGrain() {
    assertThat(StackTimer.toNext(50, 1_000)).isZero();
    assertThat(StackTimer.toNext(50, 1_001)).isEqualTo(49);
    assertThat(StackTimer.toNext(50, 1_049)).isEqualTo(1);
    assertThat(StackTimer.toNext(1, 1_049)).isZero();
  }

  @Test
  void ringsWhatIsDueBeforeWhatIsNot() {
    timer.schedule(task(() -> rung.add("much later")), HOUR_MS);
    timer.schedule(task(() -> rung.add("now")), 10);

    awaitRung(1);
    assertThat(rung).containsExactly("now");
  }

  @Test
  void ringsAgainUntilItIsCancelled() {
    SIPStackTimerTask ticking = task(() -> rung.add("tick"));
    timer.scheduleWithFixedDelay(ticking, 10, 10);
    awaitRung(3);

    assertThat(timer.cancel(ticking)).isTrue();
    assertThat(timer.cancel(ticking)).isFalse();

    int before = rung.size();
    timer.schedule(task(() -> rung.add("after")), 200);
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> rung.contains("after"));
    // one may have been under way
    assertThat(rung).hasSizeLessThanOrEqualTo(before + 2).endsWith("after");
  }

  @Test
  void aTaskThatFailsKeepsNothingFromRinging() {
    timer.scheduleWithFixedDelay(
        task(
            () -> {
              rung.add("failed");
              throw new IllegalStateException("a fault of this test");
            }),
        10,
        10);
    timer.schedule(task(() -> rung.add("other")), 10);

    awaitRung(4);
    assertThat(rung).contains("failed", "other");
  }

  @Test
  void takesNothingWhenStopped() {
    timer.stop();

    assertThat(timer.isStarted()).isFalse();
    assertThatThrownBy(() -> timer.schedule(task(() -> {}), 10))
        .isInstanceOf(IllegalStateException.class);
  }
}
