package org.ringdown.gateway.e2e.sip;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where and as whom a phone signs in; with port 0 not at all, it is called directly.
 *
 * @param video whether the phone has a camera
 * @param encryption how its media are encrypted
 * @param tls what it needs for TLS; null without
 */
public record SipAccount(
    String user,
    String password,
    int registrarPort,
    String transport,
    boolean video,
    Encryption encryption,
    @Nullable Tls tls) {
  /**
   * What a phone needs for TLS.
   *
   * @param certificate its certificate with the key
   * @param authority whom it believes
   */
  public record Tls(Path certificate, Path authority) {}

  /** What a phone does about SRTP with keys in the SDP (RFC 4568). */
  public enum Encryption {
    NONE,
    /** Offered beside RTP/AVP. */
    OPTIONAL,
    /** RTP/SAVP or nothing. */
    MANDATORY
  }

  /** A phone that has no camera, does not encrypt and has no TLS. */
  public SipAccount(String user, String password, int registrarPort, String transport) {
    this(user, password, registrarPort, transport, false, Encryption.NONE, null);
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
    return new SipAccount(user, password, registrarPort, "tcp", video, encryption, null);
  }

  /** The same with encrypted media. */
  public SipAccount with(Encryption other) {
    return new SipAccount(user, password, registrarPort, transport, video, other, tls);
  }

  /** The same for a phone with a camera (VP8). */
  public SipAccount withVideo() {
    return new SipAccount(user, password, registrarPort, transport, true, encryption, tls);
  }

  /** The same over TLS. */
  public SipAccount overTls(Path certificate, Path authority) {
    Tls with = new Tls(certificate, authority);
    return new SipAccount(user, password, registrarPort, "tls", video, encryption, with);
  }

  /** Whether the phone registers. */
  public boolean registers() {
    return registrarPort > 0;
  }
}
