package org.ringdown.webrtc.signaling;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.signaling.ServerMessage.Event;
import org.ringdown.webrtc.signaling.ServerMessage.Reply;

/**
 * The memory of one session: its events numbered from 1 and kept until acknowledged, and its last
 * replies kept to be repeated. It outlives the {@link Outbox}es it is attached to; without one it
 * only remembers. No clock, no I/O. Not thread-safe: one session's serial mailbox.
 */
public final class SignalingSession {
  private final MessageCodec codec;
  private final Limits limits;
  private final Deque<Kept> unacknowledged = new ArrayDeque<>();
  private final Map<String, String> replies = new LinkedHashMap<>();
  private long lastSeq;
  private long keptChars;
  private @Nullable Outbox outbox;

  /** A session that has said nothing yet. */
  public SignalingSession(MessageCodec codec, Limits limits) {
    this.codec = codec;
    this.limits = limits;
  }

  /** Sends by this from now on; nothing is repeated before {@link #replay}. */
  public void attach(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Sends nowhere from now on. */
  public void detach() {
    outbox = null;
  }

  /**
   * Numbers an event, keeps and sends it.
   *
   * @return false if more is kept now than the limits allow: the session has to end
   */
  public boolean emit(LongFunction<Event> event) {
    lastSeq++;
    String frame = codec.write(event.apply(lastSeq));
    unacknowledged.add(new Kept(lastSeq, frame));
    keptChars += frame.length();
    send(frame);
    return unacknowledged.size() <= limits.events() && keptChars <= limits.chars();
  }

  /**
   * Forgets the events up to and including {@code seq}.
   *
   * @return false if there is no such event yet; nothing is forgotten then
   */
  public boolean acknowledge(long seq) {
    if (seq > lastSeq) {
      return false;
    }
    while (!unacknowledged.isEmpty() && unacknowledged.element().seq() <= seq) {
      keptChars -= unacknowledged.remove().frame().length();
    }
    return true;
  }

  /** Sends every event again that is not acknowledged, in order. */
  public void replay() {
    unacknowledged.forEach(kept -> send(kept.frame()));
  }

  /** Sends a reply, and keeps it for {@link #repeatReply} if it has an id. */
  public void reply(Reply reply) {
    String frame = codec.write(reply);
    String id = reply.id();
    if (id != null) {
      replies.put(id, frame);
      if (replies.size() > limits.replies()) {
        replies.remove(replies.keySet().iterator().next());
      }
    }
    send(frame);
  }

  /**
   * Sends the reply again that the request with this id got.
   *
   * @return false if there was no such request, or too long ago: it is to be carried out
   */
  public boolean repeatReply(String id) {
    String frame = replies.get(id);
    if (frame == null) {
      return false;
    }
    send(frame);
    return true;
  }

  private void send(String frame) {
    if (outbox != null) {
      outbox.send(frame);
    }
  }

  /** Where frames go. Must not block. */
  @FunctionalInterface
  public interface Outbox {
    /** Takes one text frame. */
    void send(String frame);
  }

  /**
   * How much a session remembers.
   *
   * @param events how many unacknowledged events
   * @param chars how many characters of them
   * @param replies how many replies; older ones are forgotten
   */
  public record Limits(int events, long chars, int replies) {}

  private record Kept(long seq, String frame) {}
}
