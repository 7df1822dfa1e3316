package org.ringdown.gateway.config.reader;

import static org.ringdown.gateway.config.reader.TrunkValues.digits;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.yaml.ValueType;
import org.ringdown.gateway.config.yaml.ValueType.BadValue;
import org.ringdown.gateway.routing.DialRule.From;
import org.ringdown.gateway.routing.DialRule.Match;
import org.ringdown.gateway.routing.DialRule.To;
import org.ringdown.gateway.routing.ExtensionKind;
import org.ringdown.gateway.routing.Step;

/** The kinds of values that the dial plan has. */
final class RouteValues {
  private static final Pattern BLOCK =
      Pattern.compile("(\\+?)([0-9]{1,32})\\s*-\\s*(\\+?)([0-9]{1,32})");
  private static final Pattern LIMIT = Pattern.compile("(.*\\S)\\s+for\\s+(\\S+)");
  private static final Pattern AS = Pattern.compile("(\\S+)\\s+as\\s+(\\S+)");
  private static final Splitter LIST =
      Splitter.on(Pattern.compile("[\\s,\\[\\]]+")).omitEmptyStrings();
  private static final ValueType<Duration> LIMITS =
      ValueTypes.duration(Duration.ofSeconds(1), Duration.ofHours(1));

  private RouteValues() {}

  static ValueType<From> from() {
    return new ValueType<>(
        "users, user NAME, trunk NAME or any",
        text -> {
          Words words = Words.of(text);
          return switch (words.first()) {
            case "users" -> words.alone(new From.Users());
            case "any" -> words.alone(new From.Any());
            case "user" -> new From.User(words.name());
            case "trunk" -> new From.Trunk(words.name());
            default -> throw new BadValue("is nobody a call comes from");
          };
        });
  }

  static ValueType<Match> match() {
    return new ValueType<>(
        "exact NUMBER, prefix DIGITS, range FIRST-LAST, regex PATTERN or any",
        text -> {
          Words words = Words.of(text);
          return switch (words.first()) {
            case "any" -> words.alone(new Match.Any());
            case "exact" -> new Match.Exact(digits().parser().parse(words.name()));
            case "prefix" -> new Match.Prefix(digits().parser().parse(words.name()));
            case "range" -> range(words.name());
            case "regex" -> new Match.Regex(pattern(words.name()));
            default -> throw new BadValue("does not say how to compare numbers");
          };
        });
  }

  private static Match range(String text) throws BadValue {
    Matcher parts = BLOCK.matcher(text);
    if (!parts.matches() || !parts.group(1).equals(parts.group(3))) {
      throw new BadValue("is not a range of numbers");
    }
    String first = parts.group(1) + parts.group(2);
    String last = parts.group(3) + parts.group(4);
    if (first.length() != last.length()) {
      throw new BadValue("has a first and a last number of different length");
    }
    if (first.compareTo(last) > 0) {
      throw new BadValue("ends before it begins");
    }
    return new Match.Range(first, last);
  }

  static Pattern pattern(String text) throws BadValue {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new BadValue("is not a regular expression (" + e.getDescription() + ")");
    }
  }

  /** One or more steps: {@code in-turn} is one for each user, {@code trunk} one for each trunk. */
  static ValueType<ImmutableList<Step<To>>> steps() {
    return new ValueType<>(
        "user NAME, group NAME NAME, in-turn NAME NAME, extension KIND, trunk NAME NAME or trunk"
            + " NAME as NUMBER, each possibly with a time, such as user NAME for 20s",
        RouteValues::parseSteps);
  }

  private static ImmutableList<Step<To>> parseSteps(String text) throws BadValue {
    Matcher limited = LIMIT.matcher(text.trim());
    boolean hasLimit =
        limited.matches() && CharMatcher.inRange('0', '9').matchesAnyOf(limited.group(2));
    Duration limit = hasLimit ? limit(limited.group(2)) : null;
    return steps(Words.of(hasLimit ? limited.group(1) : text), limit);
  }

  private static Duration limit(String text) throws BadValue {
    try {
      return LIMITS.parser().parse(text);
    } catch (BadValue e) {
      throw new BadValue("has a time that " + e.problem() + " (" + LIMITS.expected() + ")");
    }
  }

  private static ImmutableList<Step<To>> steps(Words words, @Nullable Duration limit)
      throws BadValue {
    if (words.first().equals("in-turn")) {
      return names(words).stream()
          .map(name -> new Step<To>(new To.User(name), limit))
          .collect(ImmutableList.toImmutableList());
    }
    if (words.first().equals("trunk") && !AS.matcher(words.name()).matches()) {
      return names(words).stream()
          .map(name -> new Step<To>(new To.Trunk(name), limit))
          .collect(ImmutableList.toImmutableList());
    }
    return ImmutableList.of(new Step<>(to(words), limit));
  }

  private static To to(Words words) throws BadValue {
    return switch (words.first()) {
      case "user" -> new To.User(words.name());
      case "trunk" -> trunk(words.name());
      case "group" -> new To.Group(names(words));
      case "extension" ->
          new To.Extension(ValueTypes.oneOf(ExtensionKind.class).parser().parse(words.name()));
      default -> throw new BadValue("is no place a call can go");
    };
  }

  private static To trunk(String text) throws BadValue {
    Matcher parts = AS.matcher(text);
    return parts.matches()
        ? new To.Trunk(parts.group(1), digits().parser().parse(parts.group(2)))
        : new To.Trunk(text);
  }

  private static ImmutableList<String> names(Words words) throws BadValue {
    List<String> names = LIST.splitToList(words.name());
    if (names.isEmpty()) {
      throw new BadValue("does not say which");
    }
    return ImmutableList.copyOf(names);
  }

  /** A word and what it is about. */
  private record Words(String first, String rest) {
    static Words of(String text) {
      String trimmed = text.trim();
      int space = trimmed.indexOf(' ');
      return space < 0
          ? new Words(Ascii.toLowerCase(trimmed), "")
          : new Words(
              Ascii.toLowerCase(trimmed.substring(0, space)), trimmed.substring(space).trim());
    }

    String name() throws BadValue {
      if (rest.isEmpty()) {
        throw new BadValue("does not say which");
      }
      return rest;
    }

    <T> T alone(T value) throws BadValue {
      if (!rest.isEmpty()) {
        throw new BadValue("says more than is understood");
      }
      return value;
    }
  }
}
