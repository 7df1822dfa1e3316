package org.ringdown.webrtc.web;

import java.net.InetSocketAddress;

/**
 * One open WebSocket (RFC 6455) that speaks text. Nothing blocks: what is sent waits in a bounded
 * queue, and a peer that reads too slowly for it is cut off. Safe from any thread.
 */
public interface TextSocket {
  /** The peer's address. */
  InetSocketAddress remote();

  /** Lets one more frame in. Each frame after the first has to be asked for. */
  void demand();

  /** Sends a text frame after those before it. Ignored once the socket is closing. */
  void send(String text);

  /** Sends a ping now. */
  void ping();

  /** Sends what is queued, then a close frame with this status (RFC 6455 section 7.4). */
  void close(int status, String reason);

  /** Drops the connection without a word. */
  void cut();

  /** What is wrong with a frame that was taken off the wire and thrown away. */
  enum Unusable {
    BINARY,
    TOO_LONG
  }

  /** Hears of one socket. Called on the server's threads; must not block. */
  interface Listener {
    /** A text frame; the next one comes after {@link TextSocket#demand}. */
    void onText(String text);

    /** A frame that is no text within the limit; the next one comes after {@code demand}. */
    void onUnusable(Unusable what);

    /** The peer answered a ping. */
    void onPong();

    /**
     * The socket is gone. Comes exactly once and last.
     *
     * @param status of the peer's close frame (RFC 6455 section 7.4); 1006 if there was none
     */
    void onClosed(int status);
  }
}
