package org.ringdown.webrtc;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.ringdown.webrtc.WebRtcHandler.LineFinding;
import org.ringdown.webrtc.WebRtcHandler.SignIn;
import org.ringdown.webrtc.signaling.ClientMessage;
import org.ringdown.webrtc.signaling.ReasonCode;
import org.ringdown.webrtc.signaling.ServerMessage;
import org.ringdown.webrtc.signaling.ServerMessage.Event;
import org.ringdown.webrtc.signaling.ServerMessage.Refused;
import org.ringdown.webrtc.signaling.ServerMessage.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a page asks that belongs to no call. On the session's turn; answers come when they may. */
final class PageQuestions {
  private static final Logger log = LoggerFactory.getLogger(PageQuestions.class);

  private final WebRtcSession session;
  private final WebRtcHandler handler;
  private final Consumer<Reply> replies;
  private final Consumer<LongFunction<Event>> events;

  /**
   * Questions of a session.
   *
   * @param events takes what is to be told in the session's turn, from any thread
   */
  PageQuestions(
      WebRtcSession session,
      WebRtcHandler handler,
      Consumer<Reply> replies,
      Consumer<LongFunction<Event>> events) {
    this.session = session;
    this.handler = handler;
    this.replies = replies;
    this.events = events;
  }

  void preflight(ClientMessage.Preflight request) {
    try {
      replies.accept(
          new ServerMessage.Ok(request.id(), handler.onPreflight(session, request.to())));
    } catch (RuntimeException e) {
      log.error("Session {}: a preflight failed", session.id(), e);
      replies.accept(Refused.of(request.id(), ReasonCode.SERVER_ERROR));
    }
  }

  void lineTest(ClientMessage.LineTest test) {
    String id = test.id();
    try {
      Optional<SignIn.Refused> refusal =
          handler.onLineTest(
              session, test.trunk(), found -> events.accept(seq -> finding(seq, id, found)));
      replies.accept(
          refusal
              .<Reply>map(no -> Refused.of(id, no.code(), no.text()))
              .orElseGet(() -> new ServerMessage.Ok(id)));
    } catch (RuntimeException e) {
      log.error("Session {}: a test of a line failed", session.id(), e);
      replies.accept(Refused.of(id, ReasonCode.SERVER_ERROR));
    }
  }

  private static ServerMessage.LineTest finding(long seq, String id, LineFinding found) {
    ReasonCode code = found.code();
    return new ServerMessage.LineTest(
        seq,
        id,
        found.trunk(),
        found.step(),
        found.passed(),
        found.took().toMillis(),
        found.text(),
        code == null ? null : code.code(),
        code == null ? null : code.remedy());
  }
}
