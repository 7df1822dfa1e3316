package org.ringdown.webrtc.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a page sends is a message or a fault in our own words; nothing else comes out. */
final class MessageCodecPropertyTest {
  private static final ImmutableList<String> GOOD =
      ImmutableList.of(
          "{\"type\":\"hello\",\"id\":\"1\",\"user\":\"a\",\"password\":\"b\",\"device\":\"d\"}",
          "{\"type\":\"call\",\"id\":\"1\",\"call\":\"c\",\"to\":\"9\",\"sdp\":\"v=0\\r\\n\","
              + "\"headers\":{\"X\":\"y\"},\"ack\":3}",
          "{\"type\":\"candidate\",\"id\":\"1\",\"call\":\"c\",\"candidate\":{\"candidate\":\"x\","
              + "\"sdpMid\":\"0\",\"sdpMLineIndex\":0,\"usernameFragment\":null}}",
          "{\"type\":\"dtmf\",\"id\":\"1\",\"call\":\"c\",\"digits\":\"12\",\"durationMs\":100}");

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
