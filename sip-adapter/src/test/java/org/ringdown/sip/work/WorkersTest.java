package org.ringdown.sip.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private static final int MANY = 40;

  private final Workers workers = new Workers("test");
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    workers.close();
  }

  private void note() {
    threads.add(Thread.currentThread());
  }

  private void awaitNotes(int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(threads).hasSize(count));
  }

  @Test
  void whatATaskSubmitsIsDoneByTheSameThreadAfterIt() {
    workers.execute(
        () -> {
          workers.execute(
              () -> {
                note();
                workers.execute(this::note);
              });
          note();
        });

    awaitNotes(3);
    assertThat(threads).containsOnly(threads.get(0));
    assertThat(threads.get(0).getName()).startsWith("test-");
  }

  @Test
  void aThreadOfOthersDoesWhatItsTaskLeadsTo() {
    workers.here(
        () -> {
          workers.execute(this::note);
          assertThat(threads).isEmpty();
        });

    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void aTurnThatIsLeftGoesOnInThePool() {
    workers.begin(() -> {});
    workers.execute(this::note);
    workers.leave();

    awaitNotes(1);
    assertThat(threads).doesNotContain(Thread.currentThread());
  }

  @Test
  void outsideATurnThePoolWorks() {
    workers.begin(() -> {});
    workers.finish();
    workers.execute(this::note);

    awaitNotes(1);
    assertThat(threads).doesNotContain(Thread.currentThread());
  }

  @Test
  void othersHelpWhereATaskLeadsToMuch() {
    CountDownLatch helped = new CountDownLatch(1);
    workers.here(
        () -> {
          for (int i = 0; i < MANY; i++) {
            workers.execute(this::note);
          }
          workers.execute(helped::countDown);
          // ends only because somebody else does it
          Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> helped.getCount() == 0);
        });

    awaitNotes(MANY);
  }

  @Test
  void whoWaitsForAPeerHoldsUpNothingElse() {
    CountDownLatch done = new CountDownLatch(1);
    workers.here(
        () -> {
          workers.execute(
              () -> {
                note();
                done.countDown();
              });
          workers.patiently(() -> wait(done));
        });

    assertThat(threads).doesNotContain(Thread.currentThread());
  }

  @Test
  void othersStandInForThoseThatWait() {
    CountDownLatch open = new CountDownLatch(1);
    for (int i = 0; i < MANY; i++) {
      workers.execute(
          () -> {
            workers.patiently(() -> wait(open));
            note();
          });
    }
    workers.execute(open::countDown);

    awaitNotes(MANY);
  }

  @Test
  void aThreadOfOthersDoesNothingThatMayWait() {
    workers.here(() -> workers.patient().execute(this::note));

    awaitNotes(1);
    assertThat(threads).doesNotContain(Thread.currentThread());
  }

  @Test
  void theOwnerOfAThreadHearsOnceThatItIsAboutToWait() throws IOException {
    List<String> heard = new CopyOnWriteArrayList<>();
    workers.begin(() -> heard.add("blocked"));
    workers.execute(
        () -> {
          workers.patiently(() -> heard.add("first"));
          workers.patiently(() -> heard.add("second"));
        });
    workers.finish();

    assertThat(heard).containsExactly("blocked", "first", "second");
  }

  @Test
  void whoWaitedHearsWhatFailed() {
    assertThatThrownBy(
            () ->
                workers.waiting(
                    () -> {
                      throw new IOException("refused");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("refused");
  }

  @Test
  void aTaskThatFailsCostsNoOther() {
    CompletableFuture<Void> after = new CompletableFuture<>();
    workers.execute(
        () -> {
          workers.execute(() -> after.complete(null));
          throw new IllegalStateException("a fault of this test");
        });

    assertThat(after).succeedsWithin(Duration.ofSeconds(20));
  }

  @Test
  void anErrorLeavesNoTurnOpen() {
    workers.here(
        () -> {
          workers.execute(
              () -> {
                throw new AssertionError("a fault of this test");
              });
          workers.execute(this::note);
        });
    workers.execute(this::note);

    awaitNotes(2);
    assertThat(threads.get(0)).isSameAs(Thread.currentThread());
    assertThat(threads.get(1)).isNotSameAs(Thread.currentThread());
  }

  @Test
  void takesNothingWhenClosed() {
    workers.close();

    assertThatThrownBy(() -> workers.execute(this::note))
        .isInstanceOf(RejectedExecutionException.class);
  }

  private static void wait(CountDownLatch latch) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> latch.getCount() == 0);
  }
}
