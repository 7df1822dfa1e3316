package org.ringdown.gateway.config;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import com.google.common.primitives.Ints;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.Trunk.Server;
import org.ringdown.gateway.config.ValueType.BadValue;
import org.ringdown.gateway.routing.DialRule.From;
import org.ringdown.gateway.routing.DialRule.Match;
import org.ringdown.gateway.routing.DialRule.To;
import org.ringdown.gateway.routing.ExtensionKind;
import org.ringdown.sip.SipTransport;

/** The kinds of values that trunks and the dial plan have. */
final class TrunkValues {
  /** Where a rule leads that does not say. */
  static final To NOWHERE = new To.User("");

  private static final Pattern SERVER =
      Pattern.compile(
          "(sips?):(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)(:(\\d{1,5}))?"
              + "(;transport=(udp|tcp|tls))?");
  private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9+*#._~-]{1,64}");
  private static final Splitter LIST =
      Splitter.on(Pattern.compile("[\\s,\\[\\]]+")).omitEmptyStrings();

  private TrunkValues() {}

  static ValueType<Server> server() {
    return new ValueType<>(
        "sip:HOST, sip:HOST:PORT;transport=tcp or sips:HOST", TrunkValues::parseServer);
  }

  private static Server parseServer(String text) throws BadValue {
    Matcher parts = SERVER.matcher(text);
    if (!parts.matches()) {
      throw new BadValue("is not the URI of a SIP server");
    }
    SipTransport transport = transport(parts.group(1), parts.group(7));
    int port = parts.group(5) == null ? transport.defaultPort() : Integer.parseInt(parts.group(5));
    if (port < 1 || port > 65535) {
      throw new BadValue("has no such port");
    }
    String host = parts.group(2);
    if (host.startsWith("[") && !InetAddresses.isUriInetAddress(host)) {
      throw new BadValue("is not an IPv6 address");
    }
    return new Server(host, port, transport);
  }

  /** RFC 3261 section 26.2.2: a SIPS URI is reached by TLS. */
  private static SipTransport transport(String scheme, @Nullable String named) throws BadValue {
    if (scheme.equals("sips")) {
      if ("udp".equals(named)) {
        throw new BadValue("wants TLS over UDP, which there is not");
      }
      return SipTransport.TLS;
    }
    return named == null ? SipTransport.UDP : SipTransport.valueOf(Ascii.toUpperCase(named));
  }

  static ValueType<AddressRange> addressRange() {
    return new ValueType<>(
        "an IP address or a range such as 192.0.2.0/24", TrunkValues::parseRange);
  }

  private static AddressRange parseRange(String text) throws BadValue {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!InetAddresses.isInetAddress(address)) {
      throw new BadValue("is not an IP address");
    }
    InetAddress first = InetAddresses.forString(address);
    int bits = first.getAddress().length * 8;
    Integer prefix = slash < 0 ? Integer.valueOf(bits) : Ints.tryParse(text.substring(slash + 1));
    if (prefix == null || prefix < 1 || prefix > bits) {
      throw new BadValue("is not a range of addresses");
    }
    return new AddressRange(first, prefix);
  }

  /** What may stand before a number. */
  static ValueType<String> digits() {
    return new ValueType<>(
        "up to 64 digits, letters or any of + * # . _ ~ -",
        text -> {
          if (!text.isEmpty() && !NUMBER.matcher(text).matches()) {
            throw new BadValue("cannot be part of a number");
          }
          return text;
        });
  }

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
        "exact NUMBER, prefix DIGITS, regex PATTERN or any",
        text -> {
          Words words = Words.of(text);
          return switch (words.first()) {
            case "any" -> words.alone(new Match.Any());
            case "exact" -> new Match.Exact(digits().parser().parse(words.name()));
            case "prefix" -> new Match.Prefix(digits().parser().parse(words.name()));
            case "regex" -> new Match.Regex(pattern(words.name()));
            default -> throw new BadValue("does not say how to compare numbers");
          };
        });
  }

  private static Pattern pattern(String text) throws BadValue {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new BadValue("is not a regular expression (" + e.getDescription() + ")");
    }
  }

  static ValueType<To> to() {
    return new ValueType<>(
        "user NAME, group NAME NAME, extension KIND or trunk NAME",
        text -> {
          Words words = Words.of(text);
          return switch (words.first()) {
            case "user" -> new To.User(words.name());
            case "trunk" -> new To.Trunk(words.name());
            case "group" -> new To.Group(ImmutableList.copyOf(LIST.split(words.name())));
            case "extension" ->
                new To.Extension(
                    ValueTypes.oneOf(ExtensionKind.class).parser().parse(words.name()));
            default -> throw new BadValue("is no place a call can go");
          };
        });
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
