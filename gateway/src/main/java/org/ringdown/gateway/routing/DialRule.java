package org.ringdown.gateway.routing;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.util.regex.Pattern;

/**
 * One line of the dial plan: calls from there to such numbers go there. Immutable, safe from any
 * thread.
 *
 * @param from whose calls it is for
 * @param match which numbers it is for
 * @param to where they go
 * @param strip how many characters to take from the front of a number that goes to a trunk
 * @param prepend what to put before what is left of it
 */
public record DialRule(From from, Match match, To to, int strip, String prepend) {
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
    /** Every number and name. */
    record Any() implements Match {
      @Override
      public String toString() {
        return "any";
      }
    }

    /** This one. */
    record Exact(String number) implements Match {
      @Override
      public String toString() {
        return "exact " + number;
      }
    }

    /** All that begin so. */
    record Prefix(String digits) implements Match {
      @Override
      public String toString() {
        return "prefix " + digits;
      }
    }

    /** All that match as a whole. */
    record Regex(Pattern pattern) implements Match {
      @Override
      public String toString() {
        return "regex " + pattern;
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

    /** Out over a trunk. */
    record Trunk(String name) implements To {
      @Override
      public String toString() {
        return "trunk " + name;
      }
    }
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
    if (match instanceof Match.Exact exact) {
      return exact.number().equals(number);
    }
    if (match instanceof Match.Prefix prefix) {
      return number.startsWith(prefix.digits());
    }
    if (match instanceof Match.Regex regex) {
      return regex.pattern().matcher(number).matches();
    }
    return true;
  }

  /** What a trunk is to dial for this number; empty if nothing is left of it. */
  String rewritten(String number) {
    return number.length() <= strip ? "" : prepend + number.substring(strip);
  }

  @Override
  public String toString() {
    String rewriting =
        (strip > 0 ? ", strip " + strip : "") + (prepend.isEmpty() ? "" : ", prepend " + prepend);
    return "from " + from + ", match " + match + ", to " + to + rewriting;
  }
}
