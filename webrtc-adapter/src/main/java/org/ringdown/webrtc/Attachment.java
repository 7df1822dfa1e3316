package org.ringdown.webrtc;

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.signaling.ClientMessage;
import org.ringdown.webrtc.signaling.MessageCodec;
import org.ringdown.webrtc.signaling.ReasonCode;
import org.ringdown.webrtc.signaling.ServerMessage;
import org.ringdown.webrtc.signaling.ServerMessage.Event;
import org.ringdown.webrtc.signaling.ServerMessage.Refused;
import org.ringdown.webrtc.signaling.ServerMessage.Reply;
import org.ringdown.webrtc.signaling.SignalingSession;

/**
 * The connection that a session has now, if it has one, and what is said over it or kept for the
 * next. Not thread-safe: the session's mailbox.
 */
final class Attachment {
  private static final int REPLACED = 4001;

  private final MessageCodec codec;
  private final SignalingSession signaling;
  private @Nullable PageConnection connection;

  Attachment(SessionSettings settings) {
    codec = settings.codec();
    signaling = new SignalingSession(codec, settings.limits().memory());
  }

  /** Whether this is the session's connection. */
  boolean isBy(PageConnection page) {
    return page == connection;
  }

  /** The connection takes the place of the one before, lost or not; its hello is answered. */
  void attach(PageConnection page, BrowserSession session, ClientMessage.Hello hello) {
    if (connection != null) {
      connection.close(REPLACED, "resumed by another connection");
    }
    connection = page;
    signaling.attach(page::send);
    page.signedIn(session);
    page.send(codec.write(new ServerMessage.Ok(hello.id())));
  }

  /** A connection is gone; whether it was the session's. */
  boolean detach(PageConnection gone) {
    if (gone != connection) {
      return false;
    }
    connection = null;
    signaling.detach();
    return true;
  }

  /** Takes note of what the message acknowledges; an impossible number is refused. */
  boolean acknowledged(ClientMessage message, PageConnection from) {
    Long ack = message.ack();
    if (ack == null || signaling.acknowledge(ack)) {
      return true;
    }
    ReasonCode code = ReasonCode.BAD_REQUEST;
    from.refuse(
        new Refused(
            message.id(), code.code(), "/ack is beyond the last event", code.remedy(), "/ack"));
    return false;
  }

  /** Numbers, keeps and sends an event; false if more is kept now than may be. */
  boolean emit(LongFunction<Event> event) {
    return signaling.emit(event);
  }

  void reply(Reply reply) {
    signaling.reply(reply);
  }

  /** Answers a request that has been answered before as then; false if it has not. */
  boolean repeatReply(String id) {
    return signaling.repeatReply(id);
  }

  /** Sends again what has not been acknowledged. */
  void replay() {
    signaling.replay();
  }

  /** Says goodbye and closes. */
  void end(Ending ending) {
    ReasonCode goodbye = ending.goodbye();
    if (goodbye != null) {
      signaling.emit(
          seq -> new ServerMessage.Goodbye(seq, goodbye.code(), ending.reconnectAfterMs()));
    }
    if (connection != null) {
      connection.close(ending.status(), ending.text());
      connection = null;
    }
    signaling.detach();
  }
}
