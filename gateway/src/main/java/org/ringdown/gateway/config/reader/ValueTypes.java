package org.ringdown.gateway.config.reader;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import com.google.common.primitives.Ints;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ringdown.gateway.config.DataSize;
import org.ringdown.gateway.config.PortRange;
import org.ringdown.gateway.config.SipSettings.SipListen;
import org.ringdown.gateway.config.yaml.ValueType;
import org.ringdown.gateway.config.yaml.ValueType.BadValue;
import org.ringdown.sip.transport.SipTransport;

/** The kinds of values that the configuration knows. */
final class ValueTypes {
  private static final int DNS_PORT = 53;
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9})\\s*([A-Za-z]*)");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
  private static final Pattern USER_PART = Pattern.compile("[A-Za-z0-9._+*~-]{1,64}");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})\\s*-\\s*(\\d{1,5})");
  private static final Pattern ORIGIN =
      Pattern.compile("https?://(\\[[0-9A-Fa-f:]+\\]|[A-Za-z0-9.-]+)(:\\d{1,5})?");
  private static final Pattern ICE_URL =
      Pattern.compile("(stuns?|turns?):[A-Za-z0-9.:\\[\\]-]+(\\?transport=(udp|tcp))?");

  private static final ImmutableMap<String, Duration> DURATION_UNITS =
      ImmutableMap.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));
  private static final ImmutableMap<String, Integer> SIZE_UNITS =
      ImmutableMap.of("B", 1, "KiB", 1024, "MiB", 1024 * 1024);

  private ValueTypes() {}

  static ValueType<String> text() {
    return new ValueType<>("text", text -> text);
  }

  static ValueType<Boolean> flag() {
    return new ValueType<>(
        "true or false",
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new BadValue("is neither true nor false");
            });
  }

  static ValueType<Integer> number(int min, int max) {
    String expected = "a number from " + min + " to " + max;
    return new ValueType<>(
        expected,
        text -> {
          Integer number = Ints.tryParse(text);
          if (number == null) {
            throw new BadValue("is not a whole number");
          }
          checkRange(number >= min && number <= max);
          return number;
        });
  }

  static ValueType<Duration> duration(Duration min, Duration max) {
    String expected = "a duration from " + show(min) + " to " + show(max) + ", such as 30s or 5m";
    return new ValueType<>(
        expected,
        text -> {
          Duration duration = amount(text, DURATION_UNITS, Duration::multipliedBy);
          checkRange(duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0);
          return duration;
        });
  }

  static ValueType<DataSize> size(DataSize min, DataSize max) {
    return new ValueType<>(
        "a size from " + min + " to " + max + ", such as 16KiB",
        text -> {
          long bytes = amount(text, SIZE_UNITS, (unit, count) -> Math.multiplyFull(unit, count));
          checkRange(bytes >= min.bytes() && bytes <= max.bytes());
          return new DataSize((int) bytes);
        });
  }

  static ValueType<InetSocketAddress> socketAddress() {
    return new ValueType<>(
        "address:port, such as 127.0.0.1:5060, 0.0.0.0:5060 or [::1]:5060",
        ValueTypes::parseSocketAddress);
  }

  /** A DNS server, at the usual port if it names none. */
  static ValueType<InetSocketAddress> dnsServer() {
    return new ValueType<>(
        "an IP address, or address:port such as 192.0.2.53:5353",
        text ->
            InetAddresses.isInetAddress(text)
                ? new InetSocketAddress(InetAddresses.forString(text), DNS_PORT)
                : parseSocketAddress(text));
  }

  static ValueType<SipListen> sipListen() {
    return new ValueType<>(
        "udp:, tcp: or tls: and an address, such as udp:127.0.0.1:5060",
        ValueTypes::parseSipListen);
  }

  /** An address that a socket is bound to; possibly a wildcard. */
  static ValueType<InetAddress> bindAddress() {
    return new ValueType<>("an IP address, such as 127.0.0.1 or ::1", ValueTypes::parseAddress);
  }

  /** An address that others are told to send to. */
  static ValueType<InetAddress> publicAddress() {
    return new ValueType<>(
        "an IP address that others can send to, such as 192.0.2.1",
        text -> {
          InetAddress address = parseAddress(text);
          if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
            throw new BadValue("is not the address of one machine");
          }
          return address;
        });
  }

  static ValueType<PortRange> portRange() {
    return new ValueType<>(
        "an even first and an odd last port from 1024 to 65535, such as 20000-20999",
        text -> {
          Matcher matcher = RANGE.matcher(text);
          if (!matcher.matches()) {
            throw new BadValue("is not a range of ports");
          }
          int first = Integer.parseInt(matcher.group(1));
          int last = Integer.parseInt(matcher.group(2));
          checkPairs(first, last);
          return new PortRange(first, last);
        });
  }

  static ValueType<String> host() {
    return new ValueType<>(
        "a host name or an IP address",
        text -> {
          boolean valid = HOST.matcher(text).matches() || InetAddresses.isUriInetAddress(text);
          return checkForm(valid, text, "is not a host");
        });
  }

  /** The name of a user or an extension: a SIP user part that needs no escapes (RFC 3261, 25.1). */
  static ValueType<String> userPart() {
    return new ValueType<>(
        "1 to 64 letters, digits or any of . _ + * ~ -",
        text ->
            checkForm(
                USER_PART.matcher(text).matches(), text, "cannot be the user part of a SIP URI"));
  }

  /** An origin as browsers send it (RFC 6454 section 7). */
  static ValueType<String> origin() {
    return new ValueType<>(
        "scheme and host without a path, such as https://example.com or http://localhost:3000",
        text -> checkForm(ORIGIN.matcher(text).matches(), text, "is not an origin"));
  }

  /** A STUN or TURN URL (RFC 7064, RFC 7065). */
  static ValueType<String> iceUrl() {
    return new ValueType<>(
        "a URL such as stun:stun.example.com:3478 or turns:turn.example.com?transport=tcp",
        text ->
            checkForm(
                ICE_URL.matcher(text).matches(), text, "is not the URL of a STUN or TURN server"));
  }

  /** A file that is there; a relative path begins at {@code directory}. */
  static ValueType<Path> readableFile(Path directory) {
    return new ValueType<>(
        "the path of a file, absolute or from where this file is",
        text -> {
          try {
            Path path = directory.resolve(text);
            if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
              throw new BadValue("is not a file that can be read");
            }
            return path;
          } catch (InvalidPathException e) {
            throw new BadValue("is not a path");
          }
        });
  }

  /** A path that need not lead to anything yet, as it is written. */
  static ValueType<Path> path() {
    return new ValueType<>(
        "the path of a file, absolute or from where this file is",
        text -> {
          try {
            if (!text.isBlank()) {
              return Path.of(text);
            }
          } catch (InvalidPathException e) {
            throw new BadValue("is not a path");
          }
          throw new BadValue("is empty");
        });
  }

  /** One of an enum's constants, written in lower case. */
  static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
    String names =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> Ascii.toLowerCase(constant.name()))
            .collect(Collectors.joining(" or "));
    return new ValueType<>(
        names,
        text ->
            Arrays.stream(type.getEnumConstants())
                .filter(constant -> Ascii.toLowerCase(constant.name()).equals(text))
                .findFirst()
                .orElseThrow(() -> new BadValue("is not known here")));
  }

  /** A duration as the configuration file writes it. */
  static String show(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    return DURATION_UNITS.entrySet().asList().reverse().stream()
        .filter(unit -> duration.toMillis() % unit.getValue().toMillis() == 0)
        .map(unit -> duration.toMillis() / unit.getValue().toMillis() + unit.getKey())
        .findFirst()
        .orElseGet(duration::toString);
  }

  private static SipListen parseSipListen(String text) throws BadValue {
    int colon = text.indexOf(':');
    String transport = colon < 0 ? "" : text.substring(0, colon);
    InetSocketAddress address = parseSocketAddress(text.substring(colon + 1));
    return switch (Ascii.toLowerCase(transport)) {
      case "udp" -> new SipListen(SipTransport.UDP, address);
      case "tcp" -> new SipListen(SipTransport.TCP, address);
      case "tls" -> new SipListen(SipTransport.TLS, address);
      default -> throw new BadValue("does not begin with udp:, tcp: or tls:");
    };
  }

  private static InetSocketAddress parseSocketAddress(String text) throws BadValue {
    HostAndPort hostAndPort;
    try {
      hostAndPort = HostAndPort.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new BadValue("is not an address with a port");
    }
    if (!hostAndPort.hasPort()) {
      throw new BadValue("has no port");
    }
    return new InetSocketAddress(parseAddress(hostAndPort.getHost()), hostAndPort.getPort());
  }

  private static InetAddress parseAddress(String text) throws BadValue {
    String literal = text.equals("localhost") ? "127.0.0.1" : text;
    if (!InetAddresses.isInetAddress(literal)) {
      throw new BadValue("is not an IP address");
    }
    return InetAddresses.forString(literal);
  }

  private static void checkPairs(int first, int last) throws BadValue {
    checkRange(first >= 1024 && last <= 65535);
    if (first >= last) {
      throw new BadValue("ends before it begins");
    }
    if (first % 2 != 0 || last % 2 != 1) {
      throw new BadValue("is not made of whole pairs");
    }
  }

  private static String checkForm(boolean valid, String text, String problem) throws BadValue {
    if (!valid) {
      throw new BadValue(problem);
    }
    return text;
  }

  private static void checkRange(boolean within) throws BadValue {
    if (!within) {
      throw new BadValue("is out of range");
    }
  }

  private static <U, T> T amount(
      String text, ImmutableMap<String, U> units, Multiplication<U, T> multiplication)
      throws BadValue {
    Matcher matcher = AMOUNT.matcher(text);
    if (!matcher.matches()) {
      throw new BadValue("is not a number with a unit");
    }
    U unit = units.get(matcher.group(2));
    if (unit == null) {
      throw new BadValue(
          (matcher.group(2).isEmpty() ? "has no unit" : "has an unknown unit")
              + " (known: "
              + String.join(", ", units.keySet())
              + ")");
    }
    return multiplication.times(unit, Integer.parseInt(matcher.group(1)));
  }

  /** A unit taken so many times. */
  private interface Multiplication<U, T> {
    T times(U unit, int count);
  }
}
