package org.ringdown.gateway.testkit.script;

import com.google.common.collect.ImmutableSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What <code>${names}</code> stand for. A scope sees those around it; what a step keeps is seen by
 * all. Safe from any thread.
 */
public final class Variables {
  private static final Pattern NAME = Pattern.compile("\\$\\{([^}]*)}");

  private final @Nullable Variables outer;
  private final Map<String, String> values;

  private Variables(@Nullable Variables outer, Map<String, String> values) {
    this.outer = outer;
    this.values = new ConcurrentHashMap<>(values);
  }

  /** An outermost scope. */
  public static Variables of(Map<String, String> values) {
    return new Variables(null, values);
  }

  /** A scope within this one. */
  public Variables with(Map<String, String> more) {
    return new Variables(this, more);
  }

  /** Sets a variable for everybody. */
  public void keep(String name, String value) {
    if (outer == null) {
      values.put(name, value);
    } else {
      outer.keep(name, value);
    }
  }

  private @Nullable String find(String name) {
    String value = values.get(name);
    return value == null && outer != null ? outer.find(name) : value;
  }

  /** The text with its variables filled in; one that has no value stays as it is. */
  public String fill(String text) {
    Matcher found = NAME.matcher(text);
    return found.replaceAll(
        match -> {
          String value = find(match.group(1));
          return Matcher.quoteReplacement(value == null ? match.group() : value);
        });
  }

  /** The options with their variables filled in. */
  public Options fill(Options options) {
    return options.map(this::fill);
  }

  /** The names in a text. */
  public static Set<String> names(String text) {
    ImmutableSet.Builder<String> names = ImmutableSet.builder();
    each(text, names::add);
    return names.build();
  }

  private static void each(String text, Consumer<String> name) {
    Matcher found = NAME.matcher(text);
    while (found.find()) {
      name.accept(found.group(1));
    }
  }
}
