package org.ringdown.webrtc.signaling;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema that the gateway serves at {@code /protocol/ringdown.v1.schema.json}. */
final class ProtocolSchema {
  static final Path FILES = Path.of("src/main/resources/web/protocol");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonNode ROOT = read("ringdown.v1.schema.json");
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final Schema schema;

  private ProtocolSchema(Schema schema) {
    this.schema = schema;
  }

  /** What is defined under that name, such as {@code client} or {@code server-welcome}. */
  static JsonNode definition(String name) {
    return ROOT.path("$defs").path(name);
  }

  /** The schema of {@code client} or {@code server} messages. */
  static ProtocolSchema of(String side) {
    ObjectNode all = (ObjectNode) ROOT.deepCopy();
    all.remove("anyOf");
    return new ProtocolSchema(
        REGISTRY.getSchema(
            JSON.writeValueAsString(all.put("$ref", "#/$defs/" + side)), InputFormat.JSON));
  }

  static JsonNode read(String file) {
    try {
      return JSON.readTree(Files.readString(FILES.resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the schema finds wrong with a frame; nothing if it is a message. */
  List<String> faults(String frame) {
    return schema.validate(frame, InputFormat.JSON).stream().map(Object::toString).toList();
  }
}
