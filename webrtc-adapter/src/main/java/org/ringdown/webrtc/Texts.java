package org.ringdown.webrtc;

import org.ringdown.webrtc.WebRtcHandler.MessageOutcome;
import org.ringdown.webrtc.signaling.ClientMessage;
import org.ringdown.webrtc.signaling.ReasonCode;
import org.ringdown.webrtc.signaling.ServerMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The texts of one page on their way, and those for it. Belongs to the session's mailbox.
 *
 * @param owner the session, as for its calls
 */
record Texts(WebRtcSession session, BrowserLeg.Owner owner, WebRtcHandler handler) {
  private static final Logger log = LoggerFactory.getLogger(Texts.class);

  /** A text for the page. */
  void deliver(ServerMessage.Party from, String text) {
    owner.emit(seq -> new ServerMessage.Message(seq, from, text));
  }

  /** Passes a text of the page on; what becomes of it is told by {@code message-status}. */
  void pass(ClientMessage.Message text) {
    try {
      handler.onMessage(
          session, text.to(), text.text(), outcome -> owner.post(() -> tell(text.id(), outcome)));
    } catch (RuntimeException e) {
      log.error("Session {}: a message failed", session.id(), e);
      tell(text.id(), new MessageOutcome.Failed(ReasonCode.SERVER_ERROR, null, null));
    }
  }

  private void tell(String id, MessageOutcome outcome) {
    owner.emit(seq -> status(seq, id, outcome));
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
