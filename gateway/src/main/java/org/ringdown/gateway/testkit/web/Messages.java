package org.ringdown.gateway.testkit.web;

import java.util.Optional;
import java.util.stream.Collectors;
import org.ringdown.gateway.testkit.stage.Happening.Kind;
import org.ringdown.gateway.testkit.stage.Inbox;
import org.ringdown.gateway.testkit.stage.Trace;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a page and the gateway say to each other: shown in the trace, and what came kept for
 * expectations. Safe from any thread.
 */
final class Messages {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private final Trace trace;
  private final String actor;
  private final Inbox<JsonNode> inbox = new Inbox<>();

  Messages(Trace trace, String actor) {
    this.trace = trace;
    this.actor = actor;
  }

  Inbox<JsonNode> inbox() {
    return inbox;
  }

  void sent(String label, String text) {
    trace.add(actor, Kind.SENT, label, masked(text));
  }

  void came(String label, String text) {
    trace.add(actor, Kind.RECEIVED, label, masked(text));
  }

  /** From now on an expectation is met by it. */
  void keep(JsonNode message) {
    inbox.add(message);
    trace.wake();
  }

  /** The WebSocket is closed. */
  void closed(int code, String reason) {
    came("closed " + code, reason);
    keep(JSON.createObjectNode().put("type", "closed").put("code", code).put("reason", reason));
  }

  private static String masked(String text) {
    return text.replaceAll("(\"(password|resumeToken|token)\":\")[^\"]*", "$1***");
  }

  static String type(JsonNode message) {
    return message.path("type").asString("");
  }

  /** A message in a word or two. */
  static String label(JsonNode message) {
    String more =
        switch (type(message)) {
          case "media" -> message.path("state").asString("");
          case "error" -> message.path("code").asString("");
          case "hangup" -> message.path("reason").path("code").asString("");
          case "dtmf" -> message.path("digit").asString("");
          default -> "";
        };
    return type(message) + (more.isEmpty() ? "" : " " + more);
  }

  /** The value at a JSON pointer, as text. */
  static Optional<String> at(JsonNode message, String pointer) {
    JsonNode node = message.at(pointer.startsWith("/") ? pointer : "/" + pointer);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    return Optional.of(node.isValueNode() ? node.asString("") : node.toString());
  }

  /** The digits of all dtmf events not taken yet. */
  String digits() {
    return inbox.open().stream()
        .filter(message -> type(message).equals("dtmf"))
        .map(message -> at(message, "/digit").orElse(""))
        .collect(Collectors.joining());
  }

  /** Takes that many of them. */
  void forgetDigits(int count) {
    for (int i = 0; i < count; i++) {
      inbox.take(message -> type(message).equals("dtmf"));
    }
  }
}
