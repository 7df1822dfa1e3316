package org.ringdown.webrtc.signaling;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one JSON object (RFC 8259) and nothing else: a name that comes twice, too deep a nesting
 * and anything behind the object are errors, each with its place and in our own words. Safe from
 * any thread.
 */
final class StrictJson {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_NAME = 128;

  private final JsonMapper mapper;

  /** Reads texts of up to {@code maxChars} characters. */
  StrictJson(int maxChars) {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH + 2)
            .maxNameLength(maxChars)
            .maxStringLength(maxChars)
            .maxNumberLength(40)
            .build();
    mapper =
        JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())
            .build();
  }

  /**
   * The object that {@code text} is. A fault carries the {@code id} if it stood before the fault.
   */
  ObjectNode read(String text) throws MalformedMessage {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    try (JsonParser parser = mapper.createParser(text)) {
      try {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          throw MalformedMessage.frame("a frame must be one JSON object");
        }
        readObject(parser, root, 1);
        if (parser.nextToken() != null) {
          throw MalformedMessage.frame("something stands behind the JSON object");
        }
        return root;
      } catch (JacksonException e) {
        throw syntaxError(parser).withId(idIn(root));
      } catch (MalformedMessage e) {
        throw e.withId(idIn(root));
      }
    }
  }

  /** The request's id, if it is one; for an error about the rest. */
  static @Nullable String idIn(ObjectNode root) {
    JsonNode id = root.get("id");
    return id != null && id.isString() && Fields.isId(id.asString()) ? id.asString() : null;
  }

  private static void readObject(JsonParser parser, ObjectNode into, int depth)
      throws MalformedMessage {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (name.length() > MAX_NAME) {
        throw MalformedMessage.frame("a field name is longer than " + MAX_NAME + " characters");
      }
      if (into.has(name)) {
        throw MalformedMessage.field(pointer(parser), "the field is there twice");
      }
      parser.nextToken();
      into.set(name, readValue(parser, depth));
    }
  }

  private static JsonNode readValue(JsonParser parser, int depth) throws MalformedMessage {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        ObjectNode object = nodes.objectNode();
        readObject(parser, object, deeper(parser, depth));
        yield object;
      }
      case START_ARRAY -> readArray(parser, deeper(parser, depth));
      case VALUE_STRING -> nodes.stringNode(parser.getString());
      case VALUE_NUMBER_INT -> wholeNumber(parser, nodes);
      case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      default -> nodes.nullNode();
    };
  }

  private static JsonNode readArray(JsonParser parser, int depth) throws MalformedMessage {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(readValue(parser, depth));
    }
    return array;
  }

  /** A whole number beyond 64 bits becomes a fraction, which no field accepts. */
  private static JsonNode wholeNumber(JsonParser parser, JsonNodeFactory nodes) {
    return switch (parser.getNumberType()) {
      case INT, LONG -> nodes.numberNode(parser.getLongValue());
      default -> nodes.numberNode(parser.getDoubleValue());
    };
  }

  private static int deeper(JsonParser parser, int depth) throws MalformedMessage {
    if (depth >= MAX_DEPTH) {
      throw MalformedMessage.field(
          pointer(parser), "objects and arrays are nested deeper than " + MAX_DEPTH);
    }
    return depth + 1;
  }

  /** Where the parser is. Inside a value that has just begun, the place of that value. */
  private static String pointer(JsonParser parser) {
    TokenStreamContext context = parser.streamReadContext();
    JsonPointer pointer = context.pathAsPointer();
    JsonToken token = parser.currentToken();
    boolean begun = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
    TokenStreamContext parent = context.getParent();
    return (begun && parent != null ? parent.pathAsPointer() : pointer).toString();
  }

  private static MalformedMessage syntaxError(JsonParser parser) {
    int column = parser.currentLocation().getColumnNr();
    int line = parser.currentLocation().getLineNr();
    return MalformedMessage.frame("not valid JSON near line " + line + ", column " + column);
  }
}
