package org.ringdown.webrtc.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SignalingSessionTest {
  private final MessageCodec codec = new MessageCodec(1_000);
  private final SignalingSession session =
      new SignalingSession(codec, new SignalingSession.Limits(3, 500, 2));
  private final List<String> sent = new ArrayList<>();

  @Test
  void eventsAreNumberedFromOneWithOrWithoutAnOutbox() {
    ringing("a");
    session.attach(sent::add);
    ringing("b");
    session.detach();
    ringing("c");
    assertThat(sent).containsExactly("{\"type\":\"ringing\",\"seq\":2,\"call\":\"b\"}");
  }

  @Test
  void whatIsNotAcknowledgedIsReplayedInOrder() {
    ringing("a");
    ringing("b");
    ringing("c");
    assertThat(session.acknowledge(1)).isTrue();
    assertThat(session.acknowledge(0)).as("an older one is harmless").isTrue();
    session.attach(sent::add);
    session.replay();
    assertThat(sent)
        .containsExactly(
            "{\"type\":\"ringing\",\"seq\":2,\"call\":\"b\"}",
            "{\"type\":\"ringing\",\"seq\":3,\"call\":\"c\"}");
  }

  @Test
  void anEventThatNeverWasCannotBeAcknowledged() {
    ringing("a");
    assertThat(session.acknowledge(2)).isFalse();
    session.attach(sent::add);
    session.replay();
    assertThat(sent).hasSize(1);
  }

  @Test
  void tooManyUnacknowledgedEventsAreReported() {
    assertThat(ringing("a") && ringing("b") && ringing("c")).isTrue();
    assertThat(ringing("d")).isFalse();
    session.acknowledge(2);
    assertThat(ringing("e")).isTrue();
  }

  @Test
  void tooLongUnacknowledgedEventsAreReported() {
    assertThat(ringing("x".repeat(400))).isTrue();
    assertThat(ringing("x".repeat(100))).isFalse();
    session.acknowledge(1);
    assertThat(ringing("y")).isTrue();
  }

  @Test
  void theLastRepliesAreRepeatedAndOlderOnesForgotten() {
    session.reply(new ServerMessage.Ok("1"));
    session.reply(ServerMessage.Refused.of("2", ReasonCode.BUSY));
    session.reply(new ServerMessage.Ok(null));
    session.attach(sent::add);
    assertThat(session.repeatReply("1")).isTrue();
    assertThat(session.repeatReply("2")).isTrue();
    session.reply(new ServerMessage.Ok("3"));
    assertThat(session.repeatReply("1")).isFalse();
    assertThat(sent).hasSize(3).first().isEqualTo("{\"type\":\"ok\",\"id\":\"1\"}");
  }

  private boolean ringing(String call) {
    return session.emit(seq -> new ServerMessage.Ringing(seq, call, ImmutableMap.of()));
  }
}
