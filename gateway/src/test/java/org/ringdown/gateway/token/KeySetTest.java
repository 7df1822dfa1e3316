package org.ringdown.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class KeySetTest {
  private final Deque<CompletableFuture<String>> asked = new ArrayDeque<>();
  private Duration now = Duration.ZERO;
  private final KeySet keys =
      new KeySet(
          () -> {
            asked.add(new CompletableFuture<>());
            return asked.getLast();
          },
          new Ticker() {
            @Override
            public long read() {
              return now.toNanos();
            }
          });

  @Test
  void thoseWhoComeMeanwhileWaitForOneFetch() {
    CompletableFuture<?> first = keys.keys("a");
    CompletableFuture<?> second = keys.keys("b");
    assertThat(asked).hasSize(1);
    assertThat(first).isNotDone();
    answer("a");
    assertThat(first).isCompletedWithValueMatching(found -> found.toString().contains("\"a\""));
    assertThat(second).isDone();
  }

  @Test
  void anUnknownKidIsAskedForOnceAMinute() {
    keys.keys("a");
    answer("a");
    now = Duration.ofSeconds(59);
    assertThat(keys.keys("b")).isDone();
    assertThat(asked).isEmpty();
    now = Duration.ofSeconds(60);
    CompletableFuture<?> waiting = keys.keys("b");
    assertThat(keys.keys("a")).as("a known one does not wait").isDone();
    assertThat(asked).hasSize(1);
    answer("b");
    assertThat(waiting).isCompletedWithValueMatching(found -> found.toString().contains("\"b\""));
  }

  @Test
  void anOldSetServesWhileAnotherIsFetched() {
    keys.keys("a");
    answer("a");
    now = Duration.ofMinutes(15);
    assertThat(keys.keys("a")).isDone();
    assertThat(asked).hasSize(1);
  }

  @Test
  void aFailureLeavesWhatIsKnown() {
    keys.keys("a");
    answer("a");
    now = Duration.ofMinutes(20);
    keys.keys("a");
    asked.remove().completeExceptionally(new IllegalStateException("no network"));
    now = Duration.ofMinutes(40);
    keys.keys("a");
    asked.remove().complete("no JSON");
    assertThat(keys.keys("a"))
        .isCompletedWithValueMatching(found -> found.toString().contains("\"a\""));
  }

  private void answer(@Nullable String kid) {
    asked
        .remove()
        .complete("{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"" + kid + "\"}]}");
  }
}
