package org.ringdown.webrtc.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ringdown.webrtc.media.PeerTransport.State;

class StateMailboxTest {
  @Test
  void statesComeInTheOrderTheyWerePut() {
    List<State> heard = new ArrayList<>();
    StateMailbox mailbox = new StateMailbox(heard::add);
    mailbox.put(State.CONNECTING);
    mailbox.put(State.CONNECTED);
    assertThat(heard).isEmpty();
    mailbox.deliver();
    assertThat(heard).containsExactly(State.CONNECTING, State.CONNECTED);
  }

  @Test
  void aListenerThatCausesAnotherStateHearsItAfterwards() {
    List<String> heard = new ArrayList<>();
    StateMailbox[] self = new StateMailbox[1];
    self[0] =
        new StateMailbox(
            state -> {
              heard.add("begin " + state);
              if (state == State.LOST) {
                self[0].put(State.CLOSED);
                self[0].deliver();
              }
              heard.add("end " + state);
            });
    self[0].put(State.LOST);
    self[0].deliver();
    assertThat(heard).containsExactly("begin LOST", "end LOST", "begin CLOSED", "end CLOSED");
  }

  @Test
  void aListenerThatFailsHearsTheNextAllTheSame() {
    List<State> heard = new ArrayList<>();
    StateMailbox mailbox =
        new StateMailbox(
            state -> {
              heard.add(state);
              throw new IllegalStateException("for the test");
            });
    mailbox.put(State.CONNECTING);
    mailbox.put(State.CONNECTED);
    mailbox.deliver();
    assertThat(heard).hasSize(2);
  }

  @Test
  void manyThreadsDeliverOneAtATimeAndLoseNone() throws Exception {
    AtomicBoolean inside = new AtomicBoolean();
    AtomicInteger heard = new AtomicInteger();
    StateMailbox mailbox =
        new StateMailbox(
            state -> {
              assertThat(inside.getAndSet(true)).isFalse();
              heard.incrementAndGet();
              inside.set(false);
            });
    CountDownLatch done = new CountDownLatch(4);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int t = 0; t < 4; t++) {
      threads.execute(
          () -> {
            for (int i = 0; i < 5_000; i++) {
              mailbox.put(State.CONNECTED);
              mailbox.deliver();
            }
            done.countDown();
          });
    }
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    threads.shutdown();
    assertThat(heard).hasValue(20_000);
  }
}
