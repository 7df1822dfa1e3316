package org.ringdown.sip.auth;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The comma-separated {@code name=value} list behind the scheme {@code Digest}. Immutable. */
final class DigestParameters {
  private static final String SCHEME = "Digest ";
  private static final int MAX_LENGTH = 4096;

  private final ImmutableMap<String, String> values;

  private DigestParameters(Map<String, String> values) {
    this.values = ImmutableMap.copyOf(values);
  }

  /** Reads a header value; parameter names become lower case, quotes and escapes are undone. */
  static DigestParameters parse(String header) throws DigestSyntaxException {
    String trimmed = header.trim();
    if (trimmed.length() > MAX_LENGTH) {
      throw new DigestSyntaxException("longer than " + MAX_LENGTH + " characters");
    }
    if (!trimmed.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new DigestSyntaxException("not the scheme Digest");
    }
    return new DigestParameters(new Reader(trimmed.substring(SCHEME.length())).readAll());
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  @Nullable String orNull(String name) {
    return values.get(name);
  }

  String require(String name) throws DigestSyntaxException {
    String value = values.get(name);
    if (value == null) {
      throw new DigestSyntaxException("no " + name);
    }
    return value;
  }

  /** Writes parameters whose values already carry their quotes; null values are left out. */
  static String write(Map<String, @Nullable String> parameters) {
    return parameters.entrySet().stream()
        .filter(e -> e.getValue() != null)
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(", ", SCHEME, ""));
  }

  /** A quoted-string; control characters, which no header may hold, are dropped. */
  static String quoted(String value) {
    StringBuilder out = new StringBuilder("\"");
    value
        .chars()
        .filter(c -> c >= ' ' && c != 0x7f)
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                out.append('\\');
              }
              out.append((char) c);
            });
    return out.append('"').toString();
  }

  /** One pass over the parameter list. Not thread-safe: lives for one parse. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    Map<String, String> readAll() throws DigestSyntaxException {
      Map<String, String> found = new LinkedHashMap<>();
      skip(" \t,");
      while (at < text.length()) {
        String name = until("=").trim().toLowerCase(Locale.ROOT);
        if (at >= text.length()) {
          throw new DigestSyntaxException("a parameter without a value");
        }
        at++;
        skip(" \t");
        if (found.putIfAbsent(name, value()) != null) {
          throw new DigestSyntaxException("a parameter given twice");
        }
        skip(" \t,");
      }
      return found;
    }

    private String value() throws DigestSyntaxException {
      if (at < text.length() && text.charAt(at) == '"') {
        return quotedString();
      }
      return until(",").trim();
    }

    private String quotedString() throws DigestSyntaxException {
      StringBuilder out = new StringBuilder();
      for (at++; at < text.length(); at++) {
        char c = text.charAt(at);
        if (c == '"') {
          at++;
          return out.toString();
        }
        if (c == '\\' && at + 1 < text.length()) {
          c = text.charAt(++at);
        }
        out.append(c);
      }
      throw new DigestSyntaxException("a quoted value without its end");
    }

    private String until(String stop) {
      int end = text.indexOf(stop, at);
      int from = at;
      at = end < 0 ? text.length() : end;
      return text.substring(from, at);
    }

    private void skip(String characters) {
      while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }
  }
}
