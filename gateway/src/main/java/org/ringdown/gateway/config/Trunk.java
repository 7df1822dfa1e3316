package org.ringdown.gateway.config;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.sip.SipTransport;

/**
 * A PBX or a carrier that calls come from and go to. Immutable, safe from any thread; its text
 * shows no password.
 *
 * @param kind how the two find each other
 * @param server where calls are sent, and by whose address calls from there are known
 * @param account who we are there; null for a peer that asks for no password
 * @param sources further addresses that calls of this trunk come from
 * @param expires how long to ask to be registered for
 * @param qualify how often to ask the server by OPTIONS whether it is there; null for never
 * @param media what it may have as media
 * @param policy what passes between the two, and how it is written
 */
public record Trunk(
    Kind kind,
    Server server,
    @Nullable Account account,
    ImmutableList<AddressRange> sources,
    Duration expires,
    @Nullable Duration qualify,
    MediaPolicy media,
    TrunkPolicy policy) {
  static final Duration DEFAULT_EXPIRES = Duration.ofMinutes(5);
  static final Duration DEFAULT_QUALIFY = Duration.ofSeconds(30);

  /** How the two find each other. */
  public enum Kind {
    /** We register there with a user name and a password. */
    REGISTER,
    /** Each knows the other's address. */
    PEER
  }

  /**
   * A SIP server.
   *
   * @param host its name or IP address, an IPv6 address in brackets
   * @param port its port
   * @param transport what it speaks
   */
  public record Server(String host, int port, SipTransport transport) {}

  /**
   * Who we are at the trunk's server.
   *
   * @param user the user name, in the URIs and for the digest
   * @param password what to answer its challenges with
   * @param realm the only realm that gets an answer; null for any
   */
  public record Account(String user, Secret password, @Nullable String realm) {}
}
