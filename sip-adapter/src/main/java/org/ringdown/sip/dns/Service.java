package org.ringdown.sip.dns;

import java.util.Arrays;
import java.util.Optional;

/** A way to speak SIP with a server, in the words of DNS (RFC 3263 section 4.1). */
public enum Service {
  UDP("SIP+D2U", "_sip._udp", 5060),
  TCP("SIP+D2T", "_sip._tcp", 5060),
  TLS("SIPS+D2T", "_sips._tcp", 5061);

  private final String naptr;
  private final String srv;
  private final int port;

  Service(String naptr, String srv, int port) {
    this.naptr = naptr;
    this.srv = srv;
    this.port = port;
  }

  /** The port where nothing names one. */
  public int port() {
    return port;
  }

  /** Whose SRV records tell who offers this for a domain. */
  String srvName(String domain) {
    return srv + "." + domain;
  }

  /** The service of a NAPTR record; empty for one that is not SIP as we know it. */
  static Optional<Service> ofNaptr(String field) {
    return Arrays.stream(values())
        .filter(service -> service.naptr.equalsIgnoreCase(field))
        .findFirst();
  }
}
