package org.ringdown.webrtc.page;

import java.util.concurrent.CompletableFuture;
import org.ringdown.webrtc.page.WebRtcHandler.MessageOutcome;
import org.ringdown.webrtc.signaling.ClientMessage;
import org.ringdown.webrtc.signaling.ReasonCode;
import org.ringdown.webrtc.signaling.ServerMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The texts of one page on their way, and those for it. Belongs to the session's mailbox. */
public record Texts(Page page, WebRtcHandler handler) {
  private static final Logger log = LoggerFactory.getLogger(Texts.class);

  /** A text for the page, from any thread; whether the session took it. */
  public CompletableFuture<Boolean> deliver(ServerMessage.Party from, String text) {
    CompletableFuture<Boolean> taken = new CompletableFuture<>();
    page.post(
        () -> {
          boolean live = !page.isOver();
          if (live) {
            page.emit(seq -> new ServerMessage.Message(seq, from, text));
          }
          taken.complete(live);
        });
    return taken;
  }

  /** Passes a text of the page on; what becomes of it is told by {@code message-status}. */
  public void pass(ClientMessage.Message text) {
    try {
      handler.onMessage(
          page, text.to(), text.text(), outcome -> page.post(() -> tell(text.id(), outcome)));
    } catch (RuntimeException e) {
      log.error("Session {}: a message failed", page.id(), e);
      tell(text.id(), new MessageOutcome.Failed(ReasonCode.SERVER_ERROR, null, null));
    }
  }

  private void tell(String id, MessageOutcome outcome) {
    page.emit(seq -> status(seq, id, outcome));
  }

  private static ServerMessage.MessageStatus status(long seq, String id, MessageOutcome outcome) {
    if (outcome instanceof MessageOutcome.Failed failed) {
      ReasonCode code = failed.code();
      String text = failed.text() == null ? code.sentence() : failed.text();
      return new ServerMessage.MessageStatus(
          seq, id, false, failed.sipStatus(), code.code(), text, code.remedy());
    }
    Integer sip = ((MessageOutcome.Delivered) outcome).sipStatus();
    return new ServerMessage.MessageStatus(seq, id, true, sip, null, null, null);
  }
}
