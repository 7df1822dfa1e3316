package org.ringdown.webrtc.page;

import java.time.Duration;
import java.util.function.LongFunction;
import org.ringdown.webrtc.signaling.ServerMessage.Event;
import org.ringdown.webrtc.signaling.ServerMessage.Reply;
import org.ringdown.webrtc.signaling.Timers;

/**
 * A session as its own calls, texts and questions see it. All but {@link #post} belongs to the
 * session's mailbox.
 */
public interface Page extends WebRtcSession {
  /** Runs a task in the session's mailbox; from any thread. */
  void post(Runnable task);

  /** Runs a task in the session's mailbox when that time has passed. */
  Timers.Timer after(Duration delay, Runnable task);

  /** Numbers, keeps and sends an event. */
  void emit(LongFunction<Event> event);

  /** Answers a request. */
  void reply(Reply reply);

  /** Whether the session has ended. */
  boolean isOver();

  /** Whether the sign-in holds no longer and only calls keep the session. */
  boolean isExpired();

  /** One of the session's calls has ended. */
  void onCallOver();
}
