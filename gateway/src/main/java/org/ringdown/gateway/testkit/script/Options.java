package org.ringdown.gateway.testkit.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a step says besides its sentence: of a message that is sent, what is to be in it; of one
 * that is expected, what must be.
 *
 * @param header SIP header fields; null for one that must not be there
 * @param sdp expected: lines that must be there, {@code "!..."} for one that must not
 * @param json sent: fields; expected: JSON pointers and what must stand there, null for nothing
 * @param keep variables to set: the name of a header or a JSON pointer
 * @param body sent instead of what would be
 */
public record Options(
    Map<String, @Nullable String> header,
    ImmutableList<String> sdp,
    Map<String, @Nullable Object> json,
    ImmutableMap<String, String> keep,
    @Nullable String body) {
  /** Nothing. */
  public static final Options NONE =
      new Options(Map.of(), ImmutableList.of(), Map.of(), ImmutableMap.of(), null);

  /** The same with something done to every text but the names. */
  public Options map(UnaryOperator<String> change) {
    Map<String, @Nullable String> headers = new LinkedHashMap<>();
    header.forEach((name, value) -> headers.put(name, value == null ? null : change.apply(value)));
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    json.forEach((name, value) -> fields.put(name, deep(value, change)));
    return new Options(
        Collections.unmodifiableMap(headers),
        sdp.stream().map(change).collect(ImmutableList.toImmutableList()),
        Collections.unmodifiableMap(fields),
        keep,
        body == null ? null : change.apply(body));
  }

  /** What is wrong with the patterns among the values, if anything is. */
  Optional<String> wrongPattern() {
    return Stream.of(header.values().stream(), json.values().stream(), sdp.stream())
        .flatMap(values -> values)
        .map(value -> value instanceof String text ? text.replaceFirst("^!", "") : "")
        .filter(text -> text.matches("(?s)/.+/") && !text.contains("${"))
        .flatMap(text -> wrong(text.substring(1, text.length() - 1)).stream())
        .findFirst();
  }

  private static Optional<String> wrong(String pattern) {
    try {
      Pattern.compile(pattern);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of("/" + pattern + "/ is no pattern: " + e.getDescription());
    }
  }

  private static @Nullable Object deep(@Nullable Object value, UnaryOperator<String> change) {
    if (value instanceof String text) {
      return change.apply(text);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(item -> deep(item, change)).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> changed = new LinkedHashMap<>();
      map.forEach((key, item) -> changed.put(key, deep(item, change)));
      return changed;
    }
    return value;
  }
}
