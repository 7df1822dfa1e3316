package org.ringdown.gateway.e2e.sip;

/** Where and as whom a phone signs in; with port 0 not at all, it is called directly. */
public record SipAccount(String user, String password, int registrarPort, String transport) {
  /** An account over UDP, with the password that all test phones have. */
  public static SipAccount at(int registrarPort, String user) {
    return new SipAccount(user, "p" + user, registrarPort, "udp");
  }

  /** A phone without a registrar. */
  public static SipAccount none(String user) {
    return at(0, user);
  }

  /** The same over TCP. */
  public SipAccount overTcp() {
    return new SipAccount(user, password, registrarPort, "tcp");
  }

  /** Whether the phone registers. */
  public boolean registers() {
    return registrarPort > 0;
  }
}
