package org.ringdown.webrtc.page;

import com.google.common.collect.ImmutableMap;
import java.util.concurrent.CompletableFuture;

/** One signed-in page (a tab, a device). It outlives its WebSocket. Safe from any thread. */
public interface WebRtcSession {
  /** The session's id, unique in this gateway. */
  String id();

  /** Who signed in. */
  String user();

  /** What the sign-in allows; another one when it has been renewed. */
  Grant grant();

  /** The page's own label for itself, empty if it gave none. */
  String device();

  /** Offers a call to the page ({@code incoming}). */
  WebRtcLeg offer(Incoming incoming, WebRtcLeg.Listener listener);

  /**
   * Gives the page a text ({@code message}).
   *
   * @param fromUri the sender's URI
   * @param fromDisplay the sender's name, empty if unknown
   * @return whether the session took it, which it does as long as it is not over
   */
  CompletableFuture<Boolean> message(String fromUri, String fromDisplay, String text);

  /**
   * Takes the sign-in back: no further call begins, and the session ends with the last that goes
   * on, as when a token expires.
   */
  void signOut();

  /**
   * What {@code incoming} says.
   *
   * @param fromUri the caller's URI
   * @param fromDisplay the caller's name, empty if unknown
   * @param to what was called
   * @param sdp the gateway's offer
   * @param headers header fields passed on
   */
  record Incoming(
      String fromUri,
      String fromDisplay,
      String to,
      String sdp,
      ImmutableMap<String, String> headers) {}
}
