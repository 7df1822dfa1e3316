package org.ringdown.gateway.testkit.sip;

import com.google.common.collect.ImmutableList;
import java.util.Locale;
import org.ringdown.gateway.sound.Voice;

/**
 * Who a phone is.
 *
 * @param name the actor's
 * @param user the user part of its address
 * @param password to answer challenges with; empty to leave them unanswered
 * @param display the name it shows
 * @param domain the host of its address and of those it calls; empty for the gateway's own
 * @param port where it hears SIP over UDP; 0 for any port that is free
 * @param srtp whether it offers nothing but SRTP, and answers with it where it is offered
 */
public record Profile(
    String name,
    String user,
    String password,
    String display,
    String domain,
    int port,
    Transport transport,
    boolean srtp,
    ImmutableList<Voice> voices) {
  /** What a phone speaks SIP over. */
  public enum Transport {
    /** Datagrams. */
    UDP,
    /** A connection. */
    TCP,
    /** A connection in TLS; any certificate of the gateway will do. */
    TLS;

    /** As it stands in a URI. */
    String parameter() {
      return this == UDP ? "" : ";transport=" + name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String toString() {
    return "Profile[" + name + "]";
  }
}
