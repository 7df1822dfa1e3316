package org.ringdown.webrtc.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a page sends is a message or a fault in our own words; nothing else comes out. */
final class MessageCodecPropertyTest {
  private static final ImmutableList<String> GOOD =
      ImmutableList.of(
          "{\"type\":\"hello\",\"id\":\"1\",\"user\":\"a\",\"password\":\"b\",\"device\":\"d\"}",
          "{\"type\":\"call\",\"id\":\"1\",\"call\":\"c\",\"to\":\"9\",\"sdp\":\"v=0\\r\\n\","
              + "\"headers\":{\"X\":\"y\"},\"ack\":3}",
          "{\"type\":\"candidate\",\"id\":\"1\",\"call\":\"c\",\"candidate\":{\"candidate\":\"x\","
              + "\"sdpMid\":\"0\",\"sdpMLineIndex\":0,\"usernameFragment\":null}}",
          "{\"type\":\"hello\",\"id\":\"1\",\"session\":\"s\",\"resumeToken\":\"t\",\"ack\":1}",
          "{\"type\":\"hello\",\"id\":\"1\",\"token\":\"t\"}",
          "{\"type\":\"offer\",\"id\":\"1\",\"call\":\"c\",\"sdp\":\"v=0\"}",
          "{\"type\":\"stats\",\"id\":\"1\",\"call\":\"c\",\"report\":{}}",
          "{\"type\":\"hangup\",\"id\":\"1\",\"call\":\"c\",\"reason\":\"busy\"}",
          "{\"type\":\"message\",\"id\":\"1\",\"to\":\"9\",\"text\":\"t\"}",
          "{\"type\":\"preflight\",\"id\":\"1\",\"to\":\"9\"}",
          "{\"type\":\"ack\",\"ack\":1}",
          "{\"type\":\"dtmf\",\"id\":\"1\",\"call\":\"c\",\"digits\":\"12\",\"durationMs\":100}");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final MessageCodec codec = new MessageCodec(4_000);

  @Property(tries = 2_000)
  void anyTextIsAMessageOrAFault(@ForAll String text) {
    check(text);
  }

  @Property(tries = 2_000)
  void anyJsonIsAMessageOrAFault(@ForAll("json") String text) {
    check(text);
  }

  @Property(tries = 4_000)
  void anyDamagedMessageIsAMessageOrAFault(
      @ForAll("good") String good,
      @ForAll int where,
      @ForAll int length,
      @ForAll("piece") String piece) {
    int from = Math.floorMod(where, good.length());
    int to = from + Math.floorMod(length, Math.min(8, good.length() - from) + 1);
    check(good.substring(0, from) + piece + good.substring(to));
  }

  @Property(tries = 1_000)
  void aFieldThatIsWrongIsNamed(
      @ForAll("good") String good, @ForAll int which, @ForAll("damage") Damage damage) {
    ObjectNode message = (ObjectNode) JSON.readTree(good);
    List<String> fields = List.copyOf(message.propertyNames());
    String field = fields.get(Math.floorMod(which, fields.size()));
    String named = damage.to(message, field);
    assertThatThrownBy(() -> codec.read(JSON.writeValueAsString(message)))
        .isInstanceOfSatisfying(
            MalformedMessage.class, fault -> assertThat(fault.reply().field()).isEqualTo(named));
  }

  /** What can be done to a field; each is wrong in any message. */
  enum Damage {
    LIST,
    TOO_LONG,
    UNKNOWN;

    /** These may be as long as that. */
    private static final ImmutableSet<String> LONG = ImmutableSet.of("sdp", "token");

    /** Gives the pointer that the fault has to have. */
    String to(ObjectNode message, String field) {
      String damaged =
          switch (this) {
            case LIST -> field;
            case TOO_LONG -> LONG.contains(field) ? "type" : field;
            case UNKNOWN -> "zz";
          };
      if (this == TOO_LONG) {
        message.put(damaged, "x".repeat(1_200));
      } else {
        message.putArray(damaged);
      }
      return "/" + damaged;
    }
  }

  @Provide
  Arbitrary<Damage> damage() {
    return Arbitraries.of(Damage.class);
  }

  @Provide
  Arbitrary<String> good() {
    return Arbitraries.of(GOOD);
  }

  @Provide
  Arbitrary<String> piece() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "\"", "{", "}", "[", "]", ":", ",", "null", "1e999", "\\u0000", "\\ud800", ""),
        Arbitraries.strings().ofMaxLength(4));
  }

  @Provide
  Arbitrary<String> json() {
    return json(3);
  }

  private static Arbitrary<String> json(int depth) {
    Arbitrary<String> flat =
        Arbitraries.of("null", "true", "-0", "1.5", "1e40", "\"\"", "\"x\"", "{}", "[]");
    if (depth == 0) {
      return flat;
    }
    Arbitrary<String> deeper = json(depth - 1);
    Arbitrary<String> names =
        Arbitraries.of("type", "id", "ack", "call", "to", "sdp", "candidate", "headers", "zz");
    Arbitrary<String> field =
        Combinators.combine(names, deeper).as((name, value) -> "\"" + name + "\":" + value);
    return Arbitraries.oneOf(
        flat,
        deeper.list().ofMaxSize(3).map(items -> "[" + String.join(",", items) + "]"),
        field.list().ofMaxSize(4).map(fields -> "{" + String.join(",", fields) + "}"));
  }

  private void check(String text) {
    try {
      assertThat(codec.read(text)).isNotNull();
    } catch (MalformedMessage e) {
      String reply = codec.write(e.reply());
      assertThat(reply).startsWith("{\"type\":\"error\"");
      assertThat(e.reply().message()).doesNotContain("jackson", "Exception", "java.");
    }
  }
}
