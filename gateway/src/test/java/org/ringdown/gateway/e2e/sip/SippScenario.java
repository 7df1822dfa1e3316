package org.ringdown.gateway.e2e.sip;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.e2e.process.WorkDir;

/**
 * Makes a SIPp scenario out of its short source: {@code @{name}} stands for a parameter,
 * {@code @{name:value}} gives it a value should it have none, and {@code @include(file name=value
 * ...)} is replaced by a file of the folder {@code parts}, in which those parameters hold as well.
 */
record SippScenario(Path folder, Map<String, String> parameters) {
  private static final Pattern PARAMETER = Pattern.compile("@\\{(\\w+)(?::([^}]*))?}");
  private static final Pattern INCLUDE =
      Pattern.compile("@include\\(([\\w.-]+)((?: \\w+=[^ )]*)*)\\)\n?");

  /** The scenario as SIPp wants it. */
  String text(String file) {
    return expand(WorkDir.read(folder.resolve(file)), parameters);
  }

  private String expand(String text, Map<String, String> values) {
    String filled = PARAMETER.matcher(text).replaceAll(found -> quoted(value(found, values)));
    return INCLUDE.matcher(filled).replaceAll(found -> quoted(include(found, values)));
  }

  private String include(MatchResult found, Map<String, String> values) {
    Map<String, String> all = new HashMap<>(values);
    for (String pair : found.group(2).trim().split(" ", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        all.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return expand(WorkDir.read(folder.resolve("parts").resolve(found.group(1))), all);
  }

  private static String value(MatchResult found, Map<String, String> values) {
    @Nullable String otherwise = found.group(2);
    @Nullable String value = values.getOrDefault(found.group(1), otherwise);
    if (value == null) {
      throw new IllegalArgumentException("scenario parameter " + found.group(1) + " has no value");
    }
    return value;
  }

  private static String quoted(String replacement) {
    return Matcher.quoteReplacement(replacement);
  }
}
