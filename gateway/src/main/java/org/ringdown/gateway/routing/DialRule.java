package org.ringdown.gateway.routing;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One line of the dial plan: calls from there to such numbers go there. Immutable, safe from any
 * thread.
 *
 * @param from whose calls it is for
 * @param match which numbers it is for
 * @param to who is tried one after another; at least one
 * @param strip how many characters to take from the front of a number that goes to a trunk
 * @param prepend what to put before what is left of it
 * @param forwards who is tried after that
 */
public record DialRule(
    From from,
    Match match,
    ImmutableList<Step<To>> to,
    int strip,
    String prepend,
    Forwards<To> forwards) {
  /** A rule that leads to one place and no further. */
  public DialRule(From from, Match match, To to, int strip, String prepend) {
    this(from, match, ImmutableList.of(new Step<>(to, null)), strip, prepend, Forwards.none());
  }

  /** Whose calls a rule is for. */
  public sealed interface From {
    /** All users of the gateway. */
    record Users() implements From {
      @Override
      public String toString() {
        return "users";
      }
    }

    /** One user. */
    record User(String name) implements From {
      @Override
      public String toString() {
        return "user " + name;
      }
    }

    /** One trunk. */
    record Trunk(String name) implements From {
      @Override
      public String toString() {
        return "trunk " + name;
      }
    }

    /** Users and trunks. */
    record Any() implements From {
      @Override
      public String toString() {
        return "any";
      }
    }
  }

  /** Which numbers a rule is for. */
  public sealed interface Match {
    /** Whether this number is one of them. */
    boolean matches(String number);

    /** Every number and name. */
    record Any() implements Match {
      @Override
      public boolean matches(String number) {
        return true;
      }

      @Override
      public String toString() {
        return "any";
      }
    }

    /** This one. */
    record Exact(String number) implements Match {
      @Override
      public boolean matches(String other) {
        return other.equals(number);
      }

      @Override
      public String toString() {
        return "exact " + number;
      }
    }

    /** All that begin so. */
    record Prefix(String digits) implements Match {
      @Override
      public boolean matches(String number) {
        return number.startsWith(digits);
      }

      @Override
      public String toString() {
        return "prefix " + digits;
      }
    }

    /**
     * A block of numbers, as carriers assign them.
     *
     * @param first digits, possibly after a plus
     * @param last as many, not less; both belong to the block
     */
    record Range(String first, String last) implements Match {
      /** Of equally many digits the greater number is the later in the alphabet too. */
      @Override
      public boolean matches(String number) {
        return number.length() == first.length()
            && DIGITS.matchesAllOf(number.substring(1))
            && number.compareTo(first) >= 0
            && number.compareTo(last) <= 0;
      }

      @Override
      public String toString() {
        return "range " + first + "-" + last;
      }
    }

    /** All that match as a whole. */
    record Regex(Pattern pattern) implements Match {
      @Override
      public boolean matches(String number) {
        return pattern.matcher(number).matches();
      }

      @Override
      public String toString() {
        return "regex " + pattern;
      }

      /** Patterns are the same if their texts are. */
      @Override
      public boolean equals(@Nullable Object other) {
        return other instanceof Regex that && toString().equals(that.toString());
      }

      @Override
      public int hashCode() {
        return toString().hashCode();
      }
    }
  }

  /** Where a rule sends a call. */
  public sealed interface To {
    /** To the devices of a user. */
    record User(String name) implements To {
      @Override
      public String toString() {
        return "user " + name;
      }
    }

    /** To the devices of several users, who ring together. */
    record Group(ImmutableList<String> users) implements To {
      @Override
      public String toString() {
        return "group " + String.join(" ", users);
      }
    }

    /** To what the gateway answers itself. */
    record Extension(ExtensionKind kind) implements To {
      @Override
      public String toString() {
        return "extension " + Ascii.toLowerCase(kind.name());
      }
    }

    /**
     * Out over a trunk.
     *
     * @param name the trunk's
     * @param number what to dial there; empty for what the caller has dialled, rewritten
     */
    record Trunk(String name, String number) implements To {
      /** Out over a trunk with the number that the caller has dialled. */
      public Trunk(String name) {
        this(name, "");
      }

      @Override
      public String toString() {
        return "trunk " + name + (number.isEmpty() ? "" : " as " + number);
      }
    }
  }

  private static final CharMatcher DIGITS = CharMatcher.inRange('0', '9');

  /** All who may be tried by this rule, with those it forwards to. */
  public Stream<Step<To>> allSteps() {
    return Stream.of(to, forwards.onBusy(), forwards.onNoAnswer(), forwards.onUnavailable())
        .flatMap(ImmutableList::stream);
  }

  /** Whether the rule is for calls of this origin. */
  boolean isFor(Origin origin) {
    if (origin instanceof Origin.User user) {
      return from instanceof From.Users
          || from instanceof From.Any
          || from.equals(new From.User(user.name()));
    }
    if (origin instanceof Origin.Trunk trunk) {
      return from instanceof From.Any || from.equals(new From.Trunk(trunk.name()));
    }
    return false;
  }

  /** Whether the rule is for this number. */
  boolean matches(String number) {
    return match.matches(number);
  }

  /** What a trunk is to dial for this number; empty if nothing is left of it. */
  String rewritten(String number) {
    return number.length() <= strip ? "" : prepend + number.substring(strip);
  }

  @Override
  public String toString() {
    return "from "
        + from
        + ", match "
        + match
        + show("to", to)
        + (strip > 0 ? ", strip " + strip : "")
        + (prepend.isEmpty() ? "" : ", prepend " + prepend)
        + show("onBusy", forwards.onBusy())
        + show("onNoAnswer", forwards.onNoAnswer())
        + show("onUnavailable", forwards.onUnavailable());
  }

  private static String show(String key, ImmutableList<Step<To>> steps) {
    return steps.isEmpty() ? "" : ", " + key + " " + Joiner.on(" then ").join(steps);
  }
}
