package org.ringdown.gateway.config.reader;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ringdown.gateway.config.HeaderPolicy;
import org.ringdown.gateway.config.yaml.ValueType;
import org.ringdown.gateway.config.yaml.ValueType.BadValue;
import org.ringdown.gateway.routing.Rewriting.Rule;

/** The kinds of values that policies have. */
final class PolicyValues {
  private static final Pattern RULE = Pattern.compile("(prefix|regex)\\s+(\\S+)\\s*->\\s*(\\S*)");
  private static final Pattern GROUP = Pattern.compile("\\$(\\d)");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9.!%_+`'~-]{1,64}\\*?");

  private PolicyValues() {}

  static ValueType<Rule> rewritingRule() {
    return new ValueType<>(
        "prefix DIGITS -> DIGITS or regex PATTERN -> DIGITS, where $1 is the first group",
        PolicyValues::parseRule);
  }

  private static Rule parseRule(String text) throws BadValue {
    Matcher parts = RULE.matcher(text.trim());
    if (!parts.matches()) {
      throw new BadValue("does not say what becomes of a number");
    }
    return parts.group(1).equals("prefix")
        ? new Rule.Prefix(digits(parts.group(2)), digits(parts.group(3)))
        : regex(RouteValues.pattern(parts.group(2)), parts.group(3));
  }

  private static Rule regex(Pattern pattern, String replacement) throws BadValue {
    int groups = pattern.matcher("").groupCount();
    Matcher used = GROUP.matcher(replacement);
    while (used.find()) {
      if (Integer.parseInt(used.group(1)) > groups) {
        throw new BadValue("names a group that its pattern does not have");
      }
    }
    digits(GROUP.matcher(replacement).replaceAll(""));
    return new Rule.Regex(pattern, replacement);
  }

  private static String digits(String text) throws BadValue {
    return TrunkValues.digits().parser().parse(text);
  }

  /** The name of a header field that may pass, or the beginning of several. */
  static ValueType<String> headerName() {
    return new ValueType<>(
        "the name of a header field such as X-Account, or the beginning of several such as X-*",
        text -> {
          if (!HEADER.matcher(text).matches()) {
            throw new BadValue("is not the name of a header field");
          }
          if (HeaderPolicy.isOwn(text)) {
            throw new BadValue("is written by the gateway itself and never passed on");
          }
          return text;
        });
  }
}
