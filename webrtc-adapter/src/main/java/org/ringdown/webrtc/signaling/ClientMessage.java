package org.ringdown.webrtc.signaling;

import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;

/**
 * What a page says: every request of the protocol that this version carries out. Made by {@link
 * MessageCodec#read}, so every value is within its bounds.
 */
public sealed interface ClientMessage {
  /** The request's name, repeated in its reply; null only for an {@link Ack} that wants none. */
  @Nullable String id();

  /** The last event the page has seen, or null if it does not say. */
  @Nullable Long ack();

  /** Signs in or resumes. The first message on every socket. */
  record Hello(String id, @Nullable Long ack, Credentials credentials, String device)
      implements ClientMessage {}

  /** Calls somebody: {@code call} is the name the page chose. */
  record Call(
      String id,
      @Nullable Long ack,
      String call,
      String to,
      String sdp,
      ImmutableMap<String, String> headers)
      implements ClientMessage {}

  /** A request about a call that is going on. */
  sealed interface OfCall extends ClientMessage {
    @Override
    String id();

    /** The call's name. */
    String call();
  }

  /** The device is alerting. */
  record Ringing(String id, @Nullable Long ack, String call, ImmutableMap<String, String> headers)
      implements OfCall {}

  /** The answer to the gateway's last offer. */
  record Answer(
      String id, @Nullable Long ack, String call, String sdp, ImmutableMap<String, String> headers)
      implements OfCall {}

  /** A trickled candidate; null is the end of candidates. */
  record Candidate(String id, @Nullable Long ack, String call, @Nullable IceCandidate candidate)
      implements OfCall {}

  /** A renegotiation begun by the page. */
  record Offer(String id, @Nullable Long ack, String call, String sdp) implements OfCall {}

  /** Holds the other side. */
  record Hold(String id, @Nullable Long ack, String call) implements OfCall {}

  /** Takes a {@link Hold} back. */
  record Resume(String id, @Nullable Long ack, String call) implements OfCall {}

  /** Digits to send. */
  record Dtmf(String id, @Nullable Long ack, String call, String digits, int durationMs, int gapMs)
      implements OfCall {}

  /**
   * The page's own figures of the call.
   *
   * @param report names to numbers, truth values and short texts
   */
  record Stats(String id, @Nullable Long ack, String call, ImmutableMap<String, Object> report)
      implements OfCall {}

  /**
   * Lets the other side talk to somebody else: to whom {@code to} names, or to the other side of
   * the page's call {@code with}. One of the two is null.
   */
  record Transfer(
      String id, @Nullable Long ack, String call, @Nullable String to, @Nullable String with)
      implements OfCall {}

  /** Cancels, refuses or ends the call. */
  record Hangup(
      String id,
      @Nullable Long ack,
      String call,
      HangupReason reason,
      ImmutableMap<String, String> headers)
      implements OfCall {}

  /** Asks what a call would find; {@code to} is whom, empty for nobody in particular. */
  record Preflight(String id, @Nullable Long ack, String to) implements ClientMessage {}

  /** Asks for a test of a line to the outside; {@code trunk} is which, empty for the first. */
  record LineTest(String id, @Nullable Long ack, String trunk) implements ClientMessage {}

  /** A text for somebody. */
  record Message(String id, @Nullable Long ack, String to, String text) implements ClientMessage {
    @Override
    public String toString() {
      return "Message[" + id + "]";
    }
  }

  /** Says only what has been seen. */
  record Ack(@Nullable String id, Long ack) implements ClientMessage {}

  /** Signs out: the session ends at once. */
  record Goodbye(String id, @Nullable Long ack) implements ClientMessage {}

  /** How a {@link Hello} proves who it is. */
  sealed interface Credentials {
    /** A sign-in. */
    record Password(String user, String password) implements Credentials {
      @Override
      public String toString() {
        return "Password[masked]";
      }
    }

    /** A sign-in by a token (RFC 7519), or its renewal in a session that goes on. */
    record Token(String token) implements Credentials {
      @Override
      public String toString() {
        return "Token[masked]";
      }
    }

    /** The return to a session. {@link Hello#ack} is never null with it. */
    record Resumption(String session, String resumeToken) implements Credentials {
      @Override
      public String toString() {
        return "Resumption[" + session + "]";
      }
    }
  }

  /** The {@code reason} of a {@link Hangup}. */
  enum HangupReason {
    HANGUP,
    BUSY,
    DECLINE
  }

  /** An RTCIceCandidateInit (W3C WebRTC section 4.8.1.2). */
  record IceCandidate(
      String candidate,
      @Nullable String sdpMid,
      @Nullable Integer sdpMLineIndex,
      @Nullable String usernameFragment) {}
}
