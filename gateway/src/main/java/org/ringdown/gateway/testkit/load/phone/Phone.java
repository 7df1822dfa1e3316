package org.ringdown.gateway.testkit.load.phone;

import java.util.Optional;
import org.ringdown.sip.auth.DigestClient;
import org.ringdown.sip.wire.SipText;

/**
 * One phone: who it is, and the nonce it was given last, which serves for many requests. Safe from
 * any thread.
 */
public final class Phone {
  private final String user;
  private final String aor;
  private final String registration = Message.token();
  private final DigestClient digest;
  private int registered;

  Phone(String user, String password, String gateway) {
    this.user = user;
    this.aor = "sip:" + user + "@" + gateway;
    this.digest = new DigestClient(user, password);
  }

  /** Its user name. */
  public String user() {
    return user;
  }

  /** Its address of record. */
  String aor() {
    return aor;
  }

  /** The Call-ID of all its REGISTER requests (RFC 3261 section 10.2.4). */
  String registration() {
    return registration;
  }

  synchronized int nextRegistration() {
    return ++registered;
  }

  /** Whether a request that was refused with this may be tried again. */
  boolean challenged(SipText refusal) {
    return refusal.code() == 401 && digest.challenged(refusal.all("WWW-Authenticate"))
        || refusal.code() == 407 && digest.challenged(refusal.all("Proxy-Authenticate"));
  }

  /** The Authorization header of the next request; empty before any challenge. */
  Optional<String> authorization(String method, String uri) {
    return digest.authorization(method, uri);
  }
}
