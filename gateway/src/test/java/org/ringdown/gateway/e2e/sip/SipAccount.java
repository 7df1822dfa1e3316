package org.ringdown.gateway.e2e.sip;

/** Where and as whom a phone signs in; with port 0 not at all, it is called directly. */
public record SipAccount(
    String user, String password, int registrarPort, String transport, boolean video) {
  /** A phone that has no camera. */
  public SipAccount(String user, String password, int registrarPort, String transport) {
    this(user, password, registrarPort, transport, false);
  }

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

  /** The same for a phone with a camera (VP8). */
  public SipAccount withVideo() {
    return new SipAccount(user, password, registrarPort, transport, true);
  }

  /** Whether the phone registers. */
  public boolean registers() {
    return registrarPort > 0;
  }
}
