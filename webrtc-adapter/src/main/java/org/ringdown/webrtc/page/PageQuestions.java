package org.ringdown.webrtc.page;

import java.util.Optional;
import org.ringdown.webrtc.page.WebRtcHandler.LineFinding;
import org.ringdown.webrtc.page.WebRtcHandler.SignIn;
import org.ringdown.webrtc.signaling.ClientMessage;
import org.ringdown.webrtc.signaling.ReasonCode;
import org.ringdown.webrtc.signaling.ServerMessage;
import org.ringdown.webrtc.signaling.ServerMessage.Refused;
import org.ringdown.webrtc.signaling.ServerMessage.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a page asks that belongs to no call. On the session's turn; answers come when they may. */
public final class PageQuestions {
  private static final Logger log = LoggerFactory.getLogger(PageQuestions.class);

  private final Page page;
  private final WebRtcHandler handler;

  /** The questions of this page. */
  public PageQuestions(Page page, WebRtcHandler handler) {
    this.page = page;
    this.handler = handler;
  }

  /** Answers {@code preflight}. */
  public void preflight(ClientMessage.Preflight request) {
    try {
      page.reply(new ServerMessage.Ok(request.id(), handler.onPreflight(page, request.to())));
    } catch (RuntimeException e) {
      log.error("Session {}: a preflight failed", page.id(), e);
      page.reply(Refused.of(request.id(), ReasonCode.SERVER_ERROR));
    }
  }

  /** Answers {@code line-test}, and tells the findings as they come. */
  public void lineTest(ClientMessage.LineTest test) {
    String id = test.id();
    try {
      Optional<SignIn.Refused> refusal =
          handler.onLineTest(
              page,
              test.trunk(),
              found -> page.post(() -> page.emit(seq -> finding(seq, id, found))));
      page.reply(
          refusal
              .<Reply>map(no -> Refused.of(id, no.code(), no.text()))
              .orElseGet(() -> new ServerMessage.Ok(id)));
    } catch (RuntimeException e) {
      log.error("Session {}: a test of a line failed", page.id(), e);
      page.reply(Refused.of(id, ReasonCode.SERVER_ERROR));
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
