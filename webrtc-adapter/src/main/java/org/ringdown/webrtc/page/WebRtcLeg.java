package org.ringdown.webrtc.page;

import com.fasterxml.jackson.annotation.JsonValue;
import com.google.common.collect.ImmutableMap;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.signaling.ReasonCode;

/**
 * One call of one page. The verbs become events of the browser protocol, numbered and kept for
 * replay; a verb after {@link #end} is ignored. Safe from any thread.
 */
public interface WebRtcLeg {
  /** The call's name on the wire. */
  String call();

  /** Header fields for the next {@code ringing}, {@code accepted} or {@code hangup}. */
  void say(ImmutableMap<String, String> headers);

  /** {@code ringing}: the other side alerts. */
  void ringing();

  /**
   * {@code answer}: the answer to an offer of the page, at most once per offer. Left out if the
   * page has made a newer one.
   *
   * @param offer which of the page's offers, counted from 1: that of {@code call} is its first, and
   *     each {@link Listener#onOffer} one more
   */
  void answer(int offer, String sdp);

  /**
   * {@code offer-refused}: the offer cannot be used, and the call goes on as it was.
   *
   * @param offer as in {@link #answer}
   * @param text a sentence for this case; null for the code's own
   */
  void refuseOffer(int offer, ReasonCode code, @Nullable String text);

  /** {@code accepted}: the other side picked up. */
  void accepted();

  /** {@code offer}: a renegotiation begun by the gateway. */
  void offer(String sdp);

  /** {@code held} or {@code resumed} by the other side. */
  void held(boolean held);

  /** {@code dtmf}: the other side pressed a key. */
  void dtmf(char digit, int durationMs);

  /** {@code transferred}: the other side is somebody else from now on. */
  void transferredTo(String uri, String display);

  /**
   * {@code media}: what the gateway sees of the media.
   *
   * @param evidence figures
   * @param verdict what is wrong; null if nothing is
   */
  void media(MediaState state, ImmutableMap<String, Object> evidence, @Nullable Verdict verdict);

  /** {@code hangup}: the call is over. Comes to the page exactly once. */
  void end(Hangup hangup);

  /** The {@code state} of a {@code media} event. */
  enum MediaState {
    CONNECTING,
    CONNECTED,
    LOST,
    ONE_WAY;

    /** As it stands in JSON. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** How a transfer goes. */
  sealed interface Transfer {
    /** The new party alerts. */
    record Ringing() implements Transfer {}

    /** The new party has the call; {@link #end} follows. */
    record Accepted() implements Transfer {}

    /**
     * The call is as it was.
     *
     * @param why {@link Hangup#by} is not looked at
     */
    record Failed(Hangup why) implements Transfer {}
  }

  /**
   * What is wrong with the media of a call, in words for a person.
   *
   * @param code what it is
   * @param hop where it was seen
   * @param direction which way nothing comes
   * @param text what was seen, in one sentence
   * @param remedy what can be done about it
   */
  record Verdict(ReasonCode code, Hop hop, Direction direction, String text, String remedy) {
    /** Between the gateway and whom. */
    public enum Hop {
      BROWSER,
      PHONE;

      /** As it stands in JSON. */
      public String text() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    /** Which way. */
    public enum Direction {
      FROM_BROWSER,
      FROM_PHONE,
      BOTH;

      /** As it stands in JSON. */
      public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
      }
    }
  }

  /** Who ended a call, seen from the page. */
  enum By {
    LOCAL,
    REMOTE,
    GATEWAY
  }

  /**
   * Why a call is over.
   *
   * @param by who ended it
   * @param code the stable reason code
   * @param sipStatus the SIP status there was, or null
   * @param q850Cause the Q.850 cause there was, or null
   * @param text a sentence for this case; null for the code's own
   * @param remedy what can be done in this case; null for the code's own
   */
  record Hangup(
      By by,
      ReasonCode code,
      @Nullable Integer sipStatus,
      @Nullable Integer q850Cause,
      @Nullable String text,
      @Nullable String remedy) {
    /** With the code's own remedy. */
    public Hangup(
        By by,
        ReasonCode code,
        @Nullable Integer sipStatus,
        @Nullable Integer q850Cause,
        @Nullable String text) {
      this(by, code, sipStatus, q850Cause, text, null);
    }
  }

  /**
   * Hears what the page does. Called on Jetty's threads, one call at a time per leg; must return
   * quickly and never block. A verb that returns a {@link ReasonCode} refuses the request with it;
   * null accepts.
   */
  interface Listener {
    /** The header fields that the page says with what it does next. */
    default void onHeaders(ImmutableMap<String, String> headers) {}

    /** The device is alerting. */
    default void onRinging() {}

    /** The answer to {@link WebRtcSession#offer} or {@link WebRtcLeg#offer}. */
    default void onAnswer(String sdp) {}

    /**
     * A renegotiation begun by the page, or the first offer of its new connection after it was
     * loaded anew. It may come while an earlier offer of the page has no answer, and takes its
     * place.
     */
    default void onOffer(String sdp) {}

    /**
     * The page will not answer {@link WebRtcLeg#offer}: it has taken too long, or was loaded anew,
     * in which case {@link #onOffer} follows.
     */
    default void onOfferDropped() {}

    /** The page holds the call, or takes it back; it does not renegotiate. */
    default void onHold(boolean holds) {}

    /** A candidate line, empty at the end of candidates. */
    default void onCandidate(String candidate) {}

    /** Digits to send: {@code 0-9 * # A-D}. */
    default void onDtmf(String digits, int durationMs, int gapMs) {}

    /**
     * The page's own figures of the call: at most 64 numbers, truth values and short texts.
     *
     * @param seen takes what the gateway sees of the page's media, once, from any thread
     */
    default void onStats(
        ImmutableMap<String, Object> report, Consumer<ImmutableMap<String, Object>> seen) {
      seen.accept(ImmutableMap.of());
    }

    /**
     * The page wants the other side to talk to somebody else.
     *
     * @param to an extension, a number, a user or a SIP URI, as typed
     * @param progress to be told how it goes ({@code transferred}), from any thread
     */
    default void onTransfer(String to, Consumer<Transfer> progress) {}

    /**
     * The page wants the other sides of this call and of another one to talk to each other.
     *
     * @param other listens to the other call
     * @param progress to be told how it goes ({@code transferred}), from any thread
     */
    default void onTransferWith(Listener other, Consumer<Transfer> progress) {}

    /** The page hung up, declined or cancelled; {@code end} need not be called any more. */
    default void onHangup(ReasonCode reason) {}

    /** The page has gone and did not come back in time. */
    default void onLost() {}
  }
}
