package org.ringdown.webrtc.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class SerialMailboxTest {
  private final List<String> ran = new ArrayList<>();

  @Test
  void whatATaskPostsRunsAfterIt() {
    SerialMailbox mailbox = new SerialMailbox(Runnable::run);
    mailbox.post(
        () -> {
          mailbox.post(() -> ran.add("second"));
          ran.add("first");
        });
    assertThat(ran).containsExactly("first", "second");
  }

  @Test
  void aFailingTaskStopsNothing() {
    SerialMailbox mailbox = new SerialMailbox(Runnable::run);
    mailbox.post(
        () -> {
          throw new AssertionError("scripted to fail");
        });
    mailbox.post(() -> ran.add("next"));
    assertThat(ran).containsExactly("next");
  }

  @Test
  void oneTaskAtATimeOnManyThreads() {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    SerialMailbox mailbox = new SerialMailbox(threads);
    for (int i = 0; i < 1_000; i++) {
      String task = String.valueOf(i);
      mailbox.post(() -> ran.add(task));
    }
    Queue<Boolean> done = new ArrayDeque<>();
    mailbox.post(
        () -> {
          synchronized (done) {
            done.add(true);
          }
        });
    await()
        .until(
            () -> {
              synchronized (done) {
                return !done.isEmpty();
              }
            });
    threads.shutdown();
    assertThat(ran).hasSize(1_000).endsWith("999");
  }

  @Test
  void afterTheExecutorsEndTasksAreDropped() {
    SerialMailbox mailbox =
        new SerialMailbox(
            task -> {
              throw new RejectedExecutionException("shut down");
            });
    mailbox.post(() -> ran.add("lost"));
    mailbox.post(() -> ran.add("lost too"));
    assertThat(ran).isEmpty();
  }
}
