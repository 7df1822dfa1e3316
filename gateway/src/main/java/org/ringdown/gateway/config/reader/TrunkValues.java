package org.ringdown.gateway.config.reader;

import com.google.common.base.Ascii;
import com.google.common.net.InetAddresses;
import com.google.common.primitives.Ints;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.config.AddressRange;
import org.ringdown.gateway.config.Trunk.Server;
import org.ringdown.gateway.config.yaml.ValueType;
import org.ringdown.gateway.config.yaml.ValueType.BadValue;
import org.ringdown.sip.transport.SipTransport;

/** The kinds of values that trunks have. */
final class TrunkValues {
  private static final Pattern SERVER =
      Pattern.compile(
          "(sips?):(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)(:(\\d{1,5}))?"
              + "(;transport=(udp|tcp|tls))?");
  private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9+*#._~-]{1,64}");

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
    int port = parts.group(5) == null ? 0 : Integer.parseInt(parts.group(5));
    if (parts.group(5) != null && (port < 1 || port > 65535)) {
      throw new BadValue("has no such port");
    }
    String host = parts.group(2);
    if (host.startsWith("[") && !InetAddresses.isUriInetAddress(host)) {
      throw new BadValue("is not an IPv6 address");
    }
    return new Server(host, port, transport);
  }

  /** RFC 3261 section 26.2.2: a SIPS URI is reached by TLS. */
  private static @Nullable SipTransport transport(String scheme, @Nullable String named)
      throws BadValue {
    if (scheme.equals("sips")) {
      if ("udp".equals(named)) {
        throw new BadValue("wants TLS over UDP, which there is not");
      }
      return SipTransport.TLS;
    }
    return named == null ? null : SipTransport.valueOf(Ascii.toUpperCase(named));
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
}
