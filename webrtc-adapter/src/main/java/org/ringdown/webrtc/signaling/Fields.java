package org.ringdown.webrtc.signaling;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of one JSON object, taken out by name and kind. {@link #end} refuses what was not
 * asked for. A fault names the field by its JSON pointer (RFC 6901). Not thread-safe: one parse.
 */
final class Fields {
  private static final int MAX_ID = 64;
  private static final int MAX_HEADERS = 32;
  private static final int MAX_HEADER_VALUE = 512;
  private static final int MAX_FIGURES = 64;
  private static final int MAX_FIGURE_TEXT = 128;
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!%*_+`'~.-]{1,64}");
  private static final CharMatcher CONTROL = CharMatcher.javaIsoControl();

  private final ObjectNode object;
  private final String pointer;
  private final Set<String> taken = new HashSet<>();

  Fields(ObjectNode object) {
    this(object, "");
  }

  private Fields(ObjectNode object, String pointer) {
    this.object = object;
    this.pointer = pointer;
  }

  /** Whether this can be the id of a request. */
  static boolean isId(String text) {
    return !text.isEmpty() && text.length() <= MAX_ID && CONTROL.matchesNoneOf(text);
  }

  boolean has(String name) {
    return object.has(name);
  }

  /** The {@code id} of a request. */
  String id() throws MalformedMessage {
    return name("id");
  }

  /** A name: 1 to 64 characters, none of them a control character. */
  String name(String field) throws MalformedMessage {
    return line(field, MAX_ID);
  }

  /** One line of 1 to {@code max} characters without control characters. */
  String line(String field, int max) throws MalformedMessage {
    String text = text(field, max);
    if (CONTROL.matchesAnyOf(text)) {
      throw fault(field, "must not contain control characters");
    }
    return text;
  }

  /** As {@link #line}, or empty if it is not there. */
  String optionalLine(String field, int max) throws MalformedMessage {
    return has(field) ? line(field, max) : "";
  }

  /** Any text of 1 to {@code max} characters. */
  String text(String field, int max) throws MalformedMessage {
    JsonNode node = required(field);
    if (!node.isString()) {
      throw fault(field, "must be a string");
    }
    String text = node.asString();
    if (text.isEmpty()) {
      throw fault(field, "must not be empty");
    }
    if (text.length() > max) {
      throw fault(field, "is longer than " + max + " characters");
    }
    return text;
  }

  /** A line that may be empty, or null if it is null or not there. */
  @Nullable String nullableLine(String field, int max) throws MalformedMessage {
    JsonNode node = take(field);
    if (node == null || node.isNull()) {
      return null;
    }
    return node.isString() && node.asString().isEmpty() ? "" : line(field, max);
  }

  /** A whole number, or null if it is not there or null. */
  @Nullable Long nullableWhole(String field, long min, long max) throws MalformedMessage {
    JsonNode node = take(field);
    if (node == null || node.isNull()) {
      return null;
    }
    return whole(field, min, max);
  }

  /** A whole number of milliseconds, {@code ifAbsent} if it is not there. */
  int millis(String field, int min, int max, int ifAbsent) throws MalformedMessage {
    return has(field) ? (int) whole(field, min, max) : ifAbsent;
  }

  /** A whole number. */
  long whole(String field, long min, long max) throws MalformedMessage {
    JsonNode node = required(field);
    if (!node.isIntegralNumber() || node.asLong() < min || node.asLong() > max) {
      throw fault(field, "must be a whole number from " + min + " to " + max);
    }
    return node.asLong();
  }

  /** An object, or empty if the field is null; it has to be there. */
  Optional<Fields> nullableObject(String field) throws MalformedMessage {
    JsonNode node = required(field);
    if (node.isNull()) {
      return Optional.empty();
    }
    return Optional.of(object(field, node));
  }

  /** Header fields: names are tokens (RFC 3261 section 25.1), values single lines. */
  ImmutableMap<String, String> headers(String field) throws MalformedMessage {
    JsonNode node = take(field);
    if (node == null) {
      return ImmutableMap.of();
    }
    Fields headers = object(field, node);
    if (headers.object.size() > MAX_HEADERS) {
      throw fault(field, "has more than " + MAX_HEADERS + " entries");
    }
    ImmutableMap.Builder<String, String> map = ImmutableMap.builder();
    for (Map.Entry<String, JsonNode> entry : headers.object.properties()) {
      String name = entry.getKey();
      if (!HEADER_NAME.matcher(name).matches()) {
        throw headers.fault(name, "is not the name of a header field");
      }
      map.put(name, headers.line(name, MAX_HEADER_VALUE));
    }
    return map.buildOrThrow();
  }

  /** Numbers, truth values and short single lines by name; what is null is left out. */
  ImmutableMap<String, Object> figures(String field) throws MalformedMessage {
    Fields figures = object(field, required(field));
    if (figures.object.size() > MAX_FIGURES) {
      throw fault(field, "has more than " + MAX_FIGURES + " entries");
    }
    ImmutableMap.Builder<String, Object> map = ImmutableMap.builder();
    for (Map.Entry<String, JsonNode> entry : figures.object.properties()) {
      if (!entry.getValue().isNull()) {
        map.put(entry.getKey(), figures.figure(entry.getKey(), entry.getValue()));
      }
    }
    return map.buildOrThrow();
  }

  private Object figure(String name, JsonNode value) throws MalformedMessage {
    if (name.length() > MAX_ID) {
      throw fault(name, "is longer than " + MAX_ID + " characters");
    }
    if (value.isNumber()) {
      return value.numberValue();
    }
    if (value.isBoolean()) {
      return value.asBoolean();
    }
    if (value.isString()) {
      return value.asString().isEmpty() ? "" : line(name, MAX_FIGURE_TEXT);
    }
    throw fault(name, "must be a number, a truth value or a text");
  }

  /** Refuses a field that nobody asked for. */
  void end() throws MalformedMessage {
    for (String name : object.propertyNames()) {
      if (!taken.contains(name)) {
        throw fault(name, "is not a field of this message");
      }
    }
  }

  MalformedMessage fault(String field, String what) {
    String at = pointer + "/" + field.replace("~", "~0").replace("/", "~1");
    return MalformedMessage.field(at, at + " " + what);
  }

  private Fields object(String field, JsonNode node) throws MalformedMessage {
    if (node instanceof ObjectNode inner) {
      return new Fields(inner, pointer + "/" + field);
    }
    throw fault(field, "must be an object");
  }

  private JsonNode required(String field) throws MalformedMessage {
    JsonNode node = take(field);
    if (node == null) {
      throw fault(field, "is missing");
    }
    return node;
  }

  private @Nullable JsonNode take(String field) {
    taken.add(field);
    return object.get(field);
  }
}
