package org.ringdown.webrtc.page;

import com.google.common.collect.ImmutableMap;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.signaling.ReasonCode;

/**
 * What the holder of a {@code WebRtcEndpoint} does with what pages ask. Called on Jetty's threads,
 * one call at a time per session; must return quickly and never block.
 */
public interface WebRtcHandler {
  /** Decides on a sign-in. */
  SignIn signIn(String user, String password, InetSocketAddress remote);

  /**
   * Decides on a token: at a sign-in, or when a session that goes on renews its own.
   *
   * @param verdict to be told once, from any thread
   */
  void signIn(String token, Consumer<SignIn> verdict);

  /** A page has signed in and can be called from now on. */
  void onSessionOpened(WebRtcSession session);

  /**
   * The session is over: signed out, or not resumed within its grace time. Each of its legs has
   * heard {@link WebRtcLeg.Listener#onLost} before.
   */
  void onSessionClosed(WebRtcSession session);

  /** The page calls somebody. The answer listens for the rest of the leg's life. */
  WebRtcLeg.Listener onCall(WebRtcSession session, CallRequest request, WebRtcLeg leg);

  /**
   * The page asks what a call would find: the {@code result} of {@code preflight}.
   *
   * @param to whom it would call, empty for nobody in particular
   */
  ImmutableMap<String, Object> onPreflight(WebRtcSession session, String to);

  /**
   * The page asks for a test of a line to the outside.
   *
   * @param trunk which; empty for the first that can be tested
   * @param findings to be told from any thread, in order, the last with the step {@code result};
   *     unless the test is refused
   * @return why there is no test
   */
  Optional<SignIn.Refused> onLineTest(
      WebRtcSession session, String trunk, Consumer<LineFinding> findings);

  /**
   * What a test of a line has found ({@code line-test}).
   *
   * @param step {@code trunk}, {@code call}, {@code sound}, {@code digits}, {@code end}, and at
   *     last {@code result}
   * @param passed whether it is well; null if that cannot be told
   * @param took how long it took
   * @param text a sentence for a person
   * @param code what was wrong; null if nothing was, or no code says it
   */
  record LineFinding(
      String trunk,
      String step,
      @Nullable Boolean passed,
      Duration took,
      String text,
      @Nullable ReasonCode code) {}

  /**
   * The page sends a text to somebody.
   *
   * @param outcome to be told once, from any thread, what became of it
   */
  void onMessage(WebRtcSession session, String to, String text, Consumer<MessageOutcome> outcome);

  /** What became of a text ({@code message-status}). */
  sealed interface MessageOutcome {
    /**
     * It arrived.
     *
     * @param sipStatus what a phone said, or null if it was no phone
     */
    record Delivered(@Nullable Integer sipStatus) implements MessageOutcome {}

    /**
     * It did not.
     *
     * @param sipStatus what a phone said, or null if none did
     * @param text a sentence for this case; null for the code's own
     */
    record Failed(ReasonCode code, @Nullable Integer sipStatus, @Nullable String text)
        implements MessageOutcome {}
  }

  /** The verdict on a sign-in. */
  sealed interface SignIn {
    /** Welcome. */
    record Accepted(Grant grant) implements SignIn {}

    /**
     * No.
     *
     * @param text a sentence for this case; null for the code's own
     */
    record Refused(ReasonCode code, @Nullable String text) implements SignIn {}
  }

  /**
   * A page's {@code call}.
   *
   * @param to an extension, a number, a user or a SIP URI, as typed
   * @param sdp the browser's offer
   * @param headers what the page wants to pass on
   */
  record CallRequest(String to, String sdp, ImmutableMap<String, String> headers) {}
}
