package org.ringdown.sip.stack;

import com.google.common.base.Ascii;
import com.google.common.net.InetAddresses;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.HopImpl;
import java.util.ListIterator;
import javax.sip.SipException;
import javax.sip.address.Hop;
import javax.sip.address.Router;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.RouteHeader;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.ringdown.sip.socket.SipSockets;

/**
 * Tells JAIN-SIP where a request goes: to the {@link Hop} its sender attached to it. A request
 * JAIN-SIP makes on its own goes by its Route or Request-URI, if that is an IP address: no DNS is
 * ever asked on the sending path. Safe from any thread.
 */
public final class HopRouter implements Router {
  private final SipSockets sockets;

  HopRouter(SipSockets sockets) {
    this.sockets = sockets;
  }

  @Override
  public Hop getNextHop(Request request) throws SipException {
    Hop hop = hop(request);
    if (hop.getTransport().equals("TLS")) {
      sockets.claim(hop);
    }
    return hop;
  }

  private static Hop hop(Request request) throws SipException {
    if (((SIPRequest) request).getApplicationData() instanceof Hop attached) {
      return attached;
    }
    RouteHeader route = (RouteHeader) request.getHeader(RouteHeader.NAME);
    Hop hop = literal(route == null ? request.getRequestURI() : route.getAddress().getURI());
    if (hop == null) {
      throw new SipException("no hop for a " + request.getMethod());
    }
    return hop;
  }

  /** The hop a SIP URI names by IP address, null if it is a name or another scheme. */
  public static @Nullable Hop literal(URI uri) {
    if (!(uri instanceof SipURI sip)) {
      return null;
    }
    String host = sip.getMAddrParam() == null ? sip.getHost() : sip.getMAddrParam();
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    if (!InetAddresses.isInetAddress(bare)) {
      return null;
    }
    String transport = transport(sip);
    int usual = transport.equals("TLS") ? 5061 : 5060;
    return new HopImpl(bare, sip.getPort() > 0 ? sip.getPort() : usual, transport);
  }

  /** RFC 3261 section 26.2.2: a SIPS URI is reached by TLS, whatever transport it names. */
  private static String transport(SipURI uri) {
    if (uri.isSecure()) {
      return "TLS";
    }
    String named = uri.getTransportParam();
    return named == null ? "UDP" : Ascii.toUpperCase(named);
  }

  @Override
  public @Nullable Hop getOutboundProxy() {
    return null;
  }

  @Override
  public @Nullable ListIterator<?> getNextHops(Request request) {
    return null;
  }
}
