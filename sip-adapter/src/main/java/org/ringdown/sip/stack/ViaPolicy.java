package org.ringdown.sip.stack;

import com.google.common.net.InetAddresses;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.stack.UDPMessageChannel;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * Where responses go (RFC 3261 section 18.2.2, RFC 3581), but for two deviations. The maddr of a
 * Via counts for nothing, because by it whoever reaches us could have responses, repeated ones too,
 * sent to anybody. And the port in a Via counts only beside the very address that the request came
 * from. Who names another is behind a NAT, where nobody hears what comes to the port that it
 * listens on in its own network: it is answered at the port it came from though it did not ask for
 * that. So is who names a host, which says nothing of a NAT.
 */
final class ViaPolicy {
  private ViaPolicy() {}

  /** Makes a request's topmost Via say where to answer. */
  static void apply(SIPRequest request, @Nullable ParseExceptionListener channel) {
    Via via = request.getTopmostVia();
    via.removeParameter(Via.MADDR);
    if (channel instanceof UDPMessageChannel from
        && !via.hasParameter(Via.RPORT)
        && !namesItsSource(via, from)) {
      try {
        via.setParameter(Via.RPORT, "");
      } catch (ParseException e) {
        throw new AssertionError("a parameter without a value", e);
      }
    }
  }

  private static boolean namesItsSource(Via via, UDPMessageChannel from) {
    String host = via.getHost();
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return InetAddresses.isInetAddress(bare)
        && InetAddresses.forString(bare).equals(InetAddresses.forString(from.getPeerAddress()));
  }
}
