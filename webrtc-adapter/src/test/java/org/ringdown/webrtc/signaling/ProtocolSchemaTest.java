package org.ringdown.webrtc.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The published schema is held against the records, and the transcripts against the schema. */
final class ProtocolSchemaTest {
  private static final Path TRANSCRIPTS = Path.of("src/test/resources/transcripts");

  private final MessageCodec codec = new MessageCodec(4_000);

  static Stream<Class<?>> serverMessages() {
    return Stream.of(ServerMessage.Event.class, ServerMessage.Reply.class)
        .flatMap(kind -> Arrays.stream(kind.getPermittedSubclasses()));
  }

  @ParameterizedTest
  @MethodSource("serverMessages")
  void everyServerMessageIsInTheSchemaAsItsRecordHasIt(Class<?> message) {
    JsonTypeName type = message.getAnnotation(JsonTypeName.class);
    JsonNode definition = ProtocolSchema.definition("server-" + type.value());
    Set<String> fields =
        Arrays.stream(message.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toSet());
    assertThat(names(definition.path("properties").propertyNames()))
        .containsExactlyInAnyOrderElementsOf(Sets.union(fields, Set.of("type")));
    Set<String> needed =
        Arrays.stream(message.getRecordComponents())
            .filter(component -> !mayBeAbsent(component))
            .map(RecordComponent::getName)
            .collect(Collectors.toSet());
    assertThat(texts(definition.path("required"))).containsAll(needed);
  }

  @Test
  void theSchemaHasNoOtherMessages() {
    List<String> ours =
        serverMessages()
            .map(message -> "server-" + message.getAnnotation(JsonTypeName.class).value())
            .toList();
    assertThat(references("server")).containsExactlyInAnyOrderElementsOf(ours);
    ImmutableSet<String> types = new ClientMessageReader(1_000).types();
    assertThat(references("client"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(types.stream(), Stream.of("ack")).map(type -> "client-" + type).toList());
  }

  @Test
  void asyncApiNamesTheSameMessages() {
    JsonNode document = ProtocolSchema.read("asyncapi.json");
    assertThat(names(document.path("channels").path("ws").path("messages").propertyNames()))
        .containsExactlyInAnyOrderElementsOf(
            Sets.union(Set.copyOf(references("client")), Set.copyOf(references("server"))));
  }

  @Test
  void whatTheGatewaySaysInTheTranscriptsFitsTheSchema() throws IOException {
    ProtocolSchema schema = ProtocolSchema.of("server");
    List<String> frames = lines("S: {");
    assertThat(frames).hasSizeGreaterThan(100);
    for (String frame : frames) {
      assertThat(schema.faults(frame)).as(frame).isEmpty();
    }
  }

  @Test
  void theSchemaTakesWhatTheGatewayTakesInTheTranscriptsAndNothingElse() throws IOException {
    ProtocolSchema schema = ProtocolSchema.of("client");
    for (String frame : lines("C: {")) {
      String sent = frame.replace("$session", "s").replace("$token", "t");
      if (isJson(sent)) {
        assertThat(schema.faults(sent).isEmpty()).as(sent).isEqualTo(isTaken(sent));
      }
    }
  }

  private boolean isTaken(String frame) {
    try {
      codec.read(frame);
      return true;
    } catch (MalformedMessage e) {
      return false;
    }
  }

  /** Double names are no matter for a schema, nor is what one field says of another. */
  private boolean isJson(String frame) {
    try {
      codec.read(frame);
      return true;
    } catch (MalformedMessage e) {
      String field = e.reply().field();
      return field != null && !e.reply().message().matches(".*(twice|another call).*");
    }
  }

  private static boolean mayBeAbsent(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
        || component.getAccessor().isAnnotationPresent(JsonInclude.class)
        || component.isAnnotationPresent(JsonInclude.class);
  }

  private static List<String> references(String side) {
    return ProtocolSchema.definition(side)
        .path("oneOf")
        .valueStream()
        .map(node -> node.path("$ref").asString().substring("#/$defs/".length()))
        .toList();
  }

  private static List<String> lines(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(TRANSCRIPTS)) {
      ImmutableList.Builder<String> lines = ImmutableList.builder();
      for (Path file : files.toList()) {
        Files.readAllLines(file).stream()
            .map(String::strip)
            .filter(line -> line.startsWith(prefix))
            .map(line -> line.substring(3))
            .forEach(lines::add);
      }
      return lines.build();
    }
  }

  private static List<String> names(Iterable<String> names) {
    return ImmutableList.copyOf(names);
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(node -> node.asString()).toList();
  }
}
