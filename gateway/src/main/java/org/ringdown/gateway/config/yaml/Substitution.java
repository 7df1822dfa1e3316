package org.ringdown.gateway.config.yaml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.yaml.ValueType.BadValue;

/**
 * Fills in what a setting takes from elsewhere: <code>${NAME}</code> and <code>${NAME:-default}
 * </code> from the environment, <code>${file:/path}</code> from a file without its last line end.
 * Two dollar signs before the brace stand for one, and nothing is filled in.
 */
public final class Substitution {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(}?)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final String FILE = "file:";
  private static final String DEFAULT = ":-";
  private static final long MAX_FILE_BYTES = 64 * 1024;

  private final Function<String, @Nullable String> environment;
  private final Path directory;

  /** Relative file names begin at {@code directory}. */
  public Substitution(Function<String, @Nullable String> environment, Path directory) {
    this.environment = environment;
    this.directory = directory;
  }

  /** The text with everything filled in. */
  public String apply(String text) throws BadValue {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String replacement = matcher.group(1) == null ? "${" : resolve(matcher);
      matcher.appendReplacement(result, Matcher.quoteReplacement(replacement));
    }
    return matcher.appendTail(result).toString();
  }

  private String resolve(Matcher matcher) throws BadValue {
    if (matcher.group(2).isEmpty()) {
      throw new BadValue("has a ${ without a }");
    }
    String reference = matcher.group(1);
    return reference.startsWith(FILE)
        ? fromFile(reference.substring(FILE.length()))
        : fromEnvironment(reference);
  }

  private String fromEnvironment(String reference) throws BadValue {
    int end = reference.indexOf(DEFAULT);
    String name = end < 0 ? reference : reference.substring(0, end);
    if (!NAME.matcher(name).matches()) {
      throw new BadValue("has a ${…} that names no environment variable");
    }
    String value = environment.apply(name);
    if (value != null && (end < 0 || !value.isEmpty())) {
      return value;
    }
    if (end < 0) {
      throw new BadValue("needs the environment variable " + name + ", which is not set");
    }
    return reference.substring(end + DEFAULT.length());
  }

  private String fromFile(String name) throws BadValue {
    try {
      Path file = directory.resolve(name);
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_FILE_BYTES) {
        throw new BadValue("needs the file " + name + ", which is no file of at most 64KiB");
      }
      return withoutLineEnd(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException | InvalidPathException e) {
      throw new BadValue("needs the file " + name + ", which cannot be read");
    }
  }

  private static String withoutLineEnd(String text) {
    return text.replaceFirst("\\R\\z", "");
  }
}
