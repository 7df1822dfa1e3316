package org.ringdown.webrtc.signaling;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway says: every event and both replies of this version. The components are the JSON
 * fields in their order; a null one is left out.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface ServerMessage {
  /** Something that happened: numbered from 1 in its session and kept until acknowledged. */
  sealed interface Event extends ServerMessage {
    /** The event's number. */
    long seq();
  }

  /** The outcome of one request. Not numbered; kept to be repeated for a repeated request. */
  sealed interface Reply extends ServerMessage {
    /** The request's {@code id}; null if none could be read. */
    @Nullable String id();
  }

  /** The page is signed in, or back. */
  @JsonTypeName("welcome")
  record Welcome(
      long seq,
      String session,
      String resumeToken,
      boolean resumed,
      long resumeSeconds,
      String user,
      ImmutableList<IceServer> iceServers,
      ImmutableList<CallSummary> calls)
      implements Event {}

  /** A call is offered. */
  @JsonTypeName("incoming")
  record Incoming(
      long seq,
      String call,
      Party from,
      String to,
      String sdp,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) ImmutableMap<String, String> headers)
      implements Event {}

  /** The other side alerts. */
  @JsonTypeName("ringing")
  record Ringing(
      long seq,
      String call,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) ImmutableMap<String, String> headers)
      implements Event {}

  /** The answer to the page's offer. */
  @JsonTypeName("answer")
  record Answer(long seq, String call, String sdp) implements Event {}

  /** The page's offer cannot be used; the call goes on as it was. */
  @JsonTypeName("offer-refused")
  record OfferRefused(long seq, String call, Reason reason) implements Event {}

  /** The other side picked up. */
  @JsonTypeName("accepted")
  record Accepted(
      long seq,
      String call,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) ImmutableMap<String, String> headers)
      implements Event {}

  /** A renegotiation begun by the gateway. */
  @JsonTypeName("offer")
  record Offer(long seq, String call, String sdp) implements Event {}

  /** Somebody put the call on hold. */
  @JsonTypeName("held")
  record Held(long seq, String call, Side by) implements Event {}

  /** Somebody took the call off hold. */
  @JsonTypeName("resumed")
  record Resumed(long seq, String call, Side by) implements Event {}

  /** The other side pressed a key. */
  @JsonTypeName("dtmf")
  record Dtmf(long seq, String call, String digit, int durationMs) implements Event {}

  /**
   * A transfer: {@code status} and, if it failed, {@code reason} for the page that asked for it;
   * {@code to} for the other one, which talks to somebody else now.
   */
  @JsonTypeName("transferred")
  record Transferred(
      long seq,
      String call,
      @Nullable Party to,
      @Nullable TransferStatus status,
      @Nullable Reason reason)
      implements Event {}

  /** A text came. */
  @JsonTypeName("message")
  record Message(long seq, Party from, String text) implements Event {}

  /**
   * What became of a text that the page sent.
   *
   * @param id that of the request
   * @param sip the SIP status there was
   * @param code why it was not delivered: a {@link ReasonCode#code}
   */
  @JsonTypeName("message-status")
  record MessageStatus(
      long seq,
      String id,
      boolean delivered,
      @Nullable Integer sip,
      @Nullable String code,
      @Nullable String text,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable String remedy)
      implements Event {}

  /**
   * What a test of a line has found.
   *
   * @param id that of the request
   * @param passed null if it cannot be told
   * @param code what was wrong: a {@link ReasonCode#code}
   */
  @JsonTypeName("line-test")
  record LineTest(
      long seq,
      String id,
      String trunk,
      String step,
      @Nullable Boolean passed,
      long ms,
      String text,
      @Nullable String code,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable String remedy)
      implements Event {}

  /** What the gateway sees of the media. What JSON does not know in the evidence becomes text. */
  @JsonTypeName("media")
  record Media(
      long seq,
      String call,
      String state,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) ImmutableMap<String, Object> evidence,
      @Nullable Verdict verdict)
      implements Event {
    public Media {
      evidence = ImmutableMap.copyOf(Maps.transformValues(evidence, Media::plain));
    }

    private static Object plain(Object value) {
      if (value instanceof Number || value instanceof Boolean) {
        return value;
      }
      if (value instanceof Map<?, ?> map) {
        return map.entrySet().stream()
            .collect(
                ImmutableMap.toImmutableMap(
                    entry -> String.valueOf(entry.getKey()), entry -> plain(entry.getValue())));
      }
      if (value instanceof Collection<?> collection) {
        return collection.stream().map(Media::plain).collect(ImmutableList.toImmutableList());
      }
      return String.valueOf(value);
    }
  }

  /** The call is over. */
  @JsonTypeName("hangup")
  record Hangup(
      long seq,
      String call,
      Side by,
      Reason reason,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) ImmutableMap<String, String> headers)
      implements Event {}

  /** The sign-in ends in so many seconds, unless the page says {@code hello} with a new token. */
  @JsonTypeName("token-expiring")
  record TokenExpiring(long seq, long seconds) implements Event {}

  /** The gateway ends the session. */
  @JsonTypeName("goodbye")
  record Goodbye(long seq, String reason, long reconnectAfterMs) implements Event {}

  /**
   * The request was accepted.
   *
   * @param result what it asked for, for a request that asks something
   */
  @JsonTypeName("ok")
  record Ok(@Nullable String id, @Nullable ImmutableMap<String, Object> result) implements Reply {
    /** For a request that asks nothing. */
    public Ok(@Nullable String id) {
      this(id, null);
    }
  }

  /**
   * The request was refused, or the frame was none.
   *
   * @param code a {@link ReasonCode#code}
   * @param field the JSON pointer (RFC 6901) of the field that is wrong, if it was one
   */
  @JsonTypeName("error")
  record Refused(
      @Nullable String id,
      String code,
      String message,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String remedy,
      @Nullable String field)
      implements Reply {
    /** With the code's own words. */
    public static Refused of(@Nullable String id, ReasonCode code) {
      return of(id, code, null);
    }

    /** With a sentence for this case; null for the code's own. */
    public static Refused of(@Nullable String id, ReasonCode code, @Nullable String text) {
      String message = text == null ? code.sentence() : text;
      return new Refused(id, code.code(), message, code.remedy(), null);
    }
  }

  /** Who did something, seen from the page. */
  enum Side {
    LOCAL,
    REMOTE,
    GATEWAY;

    /** As it stands in JSON. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How far a transfer has come. */
  enum TransferStatus {
    /** The new party alerts. */
    RINGING,
    /** The new party has the call; the page's own part of it is over. */
    ACCEPTED,
    /** The call is as it was. */
    FAILED;

    /** As it stands in JSON. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A party of a call. */
  record Party(String uri, @JsonInclude(JsonInclude.Include.NON_EMPTY) String display) {}

  /** What is wrong with the media; {@code code} is a {@link ReasonCode#code}. */
  record Verdict(String code, String hop, String direction, String text, String remedy) {}

  /** Why a call is over, or an offer refused; {@code code} is a {@link ReasonCode#code}. */
  record Reason(
      String code,
      @Nullable Integer sip,
      @Nullable Integer q850,
      String text,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String remedy) {}

  /** An RTCIceServer (W3C WebRTC section 4.2.4). */
  record IceServer(
      ImmutableList<String> urls, @Nullable String username, @Nullable String credential) {}

  /**
   * A call that is going on.
   *
   * @param direction {@code outgoing} or {@code incoming}, seen from the page
   * @param state {@code trying}, {@code ringing}, {@code early} or {@code connected}
   * @param held whether the other side holds it
   * @param holding whether the page holds it, by {@code hold}
   * @param from the caller of an incoming call
   * @param to what was called
   * @param sdp the gateway's offer that the page has not answered
   */
  record CallSummary(
      String call,
      String direction,
      String state,
      boolean held,
      boolean holding,
      @Nullable Party from,
      String to,
      @Nullable String sdp) {}
}
