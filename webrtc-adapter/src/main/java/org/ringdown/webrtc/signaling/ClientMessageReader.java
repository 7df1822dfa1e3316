package org.ringdown.webrtc.signaling;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.signaling.ClientMessage.Credentials;
import org.ringdown.webrtc.signaling.ClientMessage.HangupReason;
import org.ringdown.webrtc.signaling.ClientMessage.IceCandidate;
import tools.jackson.databind.node.ObjectNode;

/** Turns a JSON object into a {@link ClientMessage}: one method per type. Safe from any thread. */
final class ClientMessageReader {
  private static final long MAX_SEQ = (1L << 53) - 1;
  private static final int MAX_ADDRESS = 256;
  private static final int MAX_SECRET = 256;
  private static final int MAX_TOKEN = 8192;
  private static final int MAX_CANDIDATE = 1024;
  private static final int MAX_TEXT = 1000;
  private static final Pattern DIGITS = Pattern.compile("[0-9*#A-Da-d]{1,64}");

  private final int maxSdp;
  private final ImmutableMap<String, Shape> shapes =
      ImmutableMap.<String, Shape>builder()
          .put("hello", this::hello)
          .put("call", this::call)
          .put("ringing", this::ringing)
          .put("answer", this::answer)
          .put("candidate", this::candidate)
          .put("offer", (f, id, ack) -> new ClientMessage.Offer(id, ack, f.name("call"), sdp(f)))
          .put("hold", (f, id, ack) -> new ClientMessage.Hold(id, ack, f.name("call")))
          .put("resume", (f, id, ack) -> new ClientMessage.Resume(id, ack, f.name("call")))
          .put("dtmf", this::dtmf)
          .put("stats", this::stats)
          .put("transfer", this::transfer)
          .put("hangup", this::hangup)
          .put("message", this::message)
          .put("preflight", this::preflight)
          .put("line-test", this::lineTest)
          .put("goodbye", (f, id, ack) -> new ClientMessage.Goodbye(id, ack))
          .buildOrThrow();

  ClientMessageReader(int maxSdp) {
    this.maxSdp = maxSdp;
  }

  ClientMessage read(ObjectNode object) throws MalformedMessage {
    Fields fields = new Fields(object);
    String type = fields.name("type");
    ClientMessage message;
    if (type.equals("ack")) {
      message = ack(fields);
    } else {
      String id = fields.id();
      message = shapeOf(type).read(fields, id, fields.nullableWhole("ack", 0, MAX_SEQ));
    }
    fields.end();
    return message;
  }

  private Shape shapeOf(String type) throws MalformedMessage {
    Shape shape = shapes.get(type);
    if (shape == null) {
      String known = String.join(", ", shapes.keySet());
      throw MalformedMessage.field(
          "/type", "/type is not a request of the protocol; those are " + known + " and ack");
    }
    return shape;
  }

  private static ClientMessage ack(Fields fields) throws MalformedMessage {
    String id = fields.has("id") ? fields.id() : null;
    return new ClientMessage.Ack(id, fields.whole("ack", 0, MAX_SEQ));
  }

  private ClientMessage hello(Fields fields, String id, @Nullable Long ack)
      throws MalformedMessage {
    Credentials credentials;
    if (fields.has("session") || fields.has("resumeToken")) {
      credentials =
          new Credentials.Resumption(
              fields.name("session"), fields.line("resumeToken", MAX_SECRET));
      if (ack == null) {
        throw fields.fault("ack", "is missing");
      }
    } else if (fields.has("token")) {
      credentials = new Credentials.Token(fields.line("token", MAX_TOKEN));
    } else if (!fields.has("user") && !fields.has("password")) {
      throw fields.fault(
          "user", "is missing; hello has user and password, or token, or session and resumeToken");
    } else {
      credentials =
          new Credentials.Password(
              fields.line("user", MAX_ADDRESS), fields.text("password", MAX_SECRET));
    }
    return new ClientMessage.Hello(id, ack, credentials, fields.optionalLine("device", 64));
  }

  private ClientMessage call(Fields fields, String id, @Nullable Long ack) throws MalformedMessage {
    String call = fields.name("call");
    if (call.startsWith("g-")) {
      throw fields.fault("call", "must not begin with g-, which is the gateway's");
    }
    String to = fields.line("to", MAX_ADDRESS);
    return new ClientMessage.Call(id, ack, call, to, sdp(fields), fields.headers("headers"));
  }

  private ClientMessage ringing(Fields fields, String id, @Nullable Long ack)
      throws MalformedMessage {
    return new ClientMessage.Ringing(id, ack, fields.name("call"), fields.headers("headers"));
  }

  private ClientMessage answer(Fields fields, String id, @Nullable Long ack)
      throws MalformedMessage {
    return new ClientMessage.Answer(
        id, ack, fields.name("call"), sdp(fields), fields.headers("headers"));
  }

  private ClientMessage candidate(Fields fields, String id, @Nullable Long ack)
      throws MalformedMessage {
    String call = fields.name("call");
    Optional<Fields> init = fields.nullableObject("candidate");
    IceCandidate candidate = init.isPresent() ? iceCandidate(init.get()) : null;
    return new ClientMessage.Candidate(id, ack, call, candidate);
  }

  private static IceCandidate iceCandidate(Fields fields) throws MalformedMessage {
    String line = fields.nullableLine("candidate", MAX_CANDIDATE);
    String mid = fields.nullableLine("sdpMid", 64);
    Long index = fields.nullableWhole("sdpMLineIndex", 0, 65_535);
    String ufrag = fields.nullableLine("usernameFragment", 256);
    fields.end();
    return new IceCandidate(
        line == null ? "" : line, mid, index == null ? null : index.intValue(), ufrag);
  }

  private ClientMessage dtmf(Fields fields, String id, @Nullable Long ack) throws MalformedMessage {
    String call = fields.name("call");
    String digits = fields.line("digits", 64);
    if (!DIGITS.matcher(digits).matches()) {
      throw fields.fault("digits", "may hold only 0-9, *, # and A-D");
    }
    int durationMs = fields.millis("durationMs", 40, 6_000, 100);
    int gapMs = fields.millis("gapMs", 30, 6_000, 70);
    return new ClientMessage.Dtmf(
        id, ack, call, digits.toUpperCase(Locale.ROOT), durationMs, gapMs);
  }

  private ClientMessage stats(Fields fields, String id, @Nullable Long ack)
      throws MalformedMessage {
    return new ClientMessage.Stats(id, ack, fields.name("call"), fields.figures("report"));
  }

  private ClientMessage preflight(Fields fields, String id, @Nullable Long ack)
      throws MalformedMessage {
    return new ClientMessage.Preflight(id, ack, fields.optionalLine("to", MAX_ADDRESS));
  }

  private ClientMessage lineTest(Fields fields, String id, @Nullable Long ack)
      throws MalformedMessage {
    return new ClientMessage.LineTest(id, ack, fields.optionalLine("trunk", MAX_ADDRESS));
  }

  private ClientMessage transfer(Fields fields, String id, @Nullable Long ack)
      throws MalformedMessage {
    String call = fields.name("call");
    if (!fields.has("with") && !fields.has("to")) {
      throw fields.fault("to", "is missing; transfer has to, or with");
    }
    if (!fields.has("with")) {
      return new ClientMessage.Transfer(id, ack, call, fields.line("to", MAX_ADDRESS), null);
    }
    String with = fields.name("with");
    if (with.equals(call)) {
      throw fields.fault("with", "must be another call");
    }
    if (fields.has("to")) {
      throw fields.fault("to", "cannot stand beside /with");
    }
    return new ClientMessage.Transfer(id, ack, call, null, with);
  }

  private ClientMessage message(Fields fields, String id, @Nullable Long ack)
      throws MalformedMessage {
    return new ClientMessage.Message(
        id, ack, fields.line("to", MAX_ADDRESS), fields.text("text", MAX_TEXT));
  }

  private ClientMessage hangup(Fields fields, String id, @Nullable Long ack)
      throws MalformedMessage {
    String call = fields.name("call");
    HangupReason reason =
        switch (fields.has("reason") ? fields.name("reason") : "hangup") {
          case "hangup" -> HangupReason.HANGUP;
          case "busy" -> HangupReason.BUSY;
          case "decline" -> HangupReason.DECLINE;
          default -> throw fields.fault("reason", "must be hangup, busy or decline");
        };
    return new ClientMessage.Hangup(id, ack, call, reason, fields.headers("headers"));
  }

  private String sdp(Fields fields) throws MalformedMessage {
    return fields.text("sdp", maxSdp);
  }

  /** The types by name, for a check that none is missing. */
  ImmutableSet<String> types() {
    return shapes.keySet();
  }

  /** How the rest of one type is read. */
  private interface Shape {
    ClientMessage read(Fields fields, String id, @Nullable Long ack) throws MalformedMessage;
  }
}
