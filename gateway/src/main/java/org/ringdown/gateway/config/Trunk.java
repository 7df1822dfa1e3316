package org.ringdown.gateway.config;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.sip.transport.SipTransport;

/**
 * A PBX or a carrier that calls come from and go to. Immutable, safe from any thread; its text
 * shows no password.
 *
 * @param kind how the two find each other
 * @param servers where calls are sent, and by whose addresses calls from there are known
 * @param account who we are there; null for a peer that asks for no password
 * @param sources further addresses that calls of this trunk come from
 * @param expires how long to ask to be registered for
 * @param qualify how often to ask the server by OPTIONS whether it is there; null for never
 * @param media what it may have as media
 * @param policy what passes between the two, and how it is written
 * @param tls TLS with it
 */
public record Trunk(
    Kind kind,
    Servers servers,
    @Nullable Account account,
    ImmutableList<AddressRange> sources,
    Duration expires,
    @Nullable Duration qualify,
    MediaPolicy media,
    TrunkPolicy policy,
    SipTls.OfTrunk tls) {
  /** How long a registration is asked to hold where nothing else is set. */
  public static final Duration DEFAULT_EXPIRES = Duration.ofMinutes(5);

  /** How often a server is asked for its state where nothing else is set. */
  public static final Duration DEFAULT_QUALIFY = Duration.ofSeconds(30);

  /** How the two find each other. */
  public enum Kind {
    /** We register there with a user name and a password. */
    REGISTER,
    /** Each knows the other's address. */
    PEER
  }

  /** Whether that one is found, signed in at and watched as this one is, whatever else it may. */
  public boolean isFoundAs(Trunk other) {
    Trunk underItsRules =
        new Trunk(
            kind,
            servers,
            account,
            other.sources,
            expires,
            qualify,
            other.media,
            other.policy,
            tls);
    return underItsRules.equals(other);
  }

  /** The first server, whose host stands in the trunk's URIs. */
  public Server server() {
    return servers.all().get(0);
  }

  /**
   * The servers of a trunk, and how they are tried.
   *
   * @param all at least one; several only without an outbound proxy
   * @param outboundProxy where everything is sent instead (RFC 3261 section 8.1.2); null for none
   * @param tryTimeout how long a server may give no sign of life before the next one is tried
   */
  public record Servers(
      ImmutableList<Server> all, @Nullable Server outboundProxy, Duration tryTimeout) {
    /** How long a server may be silent where nothing else is set. */
    public static final Duration DEFAULT_TRY_TIMEOUT = Duration.ofSeconds(4);

    /** One server, tried as long as is usual. */
    public static Servers only(Server server) {
      return new Servers(ImmutableList.of(server), null, DEFAULT_TRY_TIMEOUT);
    }
  }

  /**
   * A SIP server, or the name that DNS tells the servers of (RFC 3263).
   *
   * @param host its name or IP address, an IPv6 address in brackets
   * @param port its port; 0 to leave it to DNS
   * @param transport what it speaks; null to leave it to DNS
   * @param priority the lower the sooner, 0 to 1000
   * @param weight the share among those of the same priority, 0 to 65535
   */
  public record Server(
      String host, int port, @Nullable SipTransport transport, int priority, int weight) {
    /** The priority of a server that names none. */
    public static final int FIRST_PRIORITY = 1;

    /** The weight of a server that names none. */
    public static final int DEFAULT_WEIGHT = 1;

    /** A server among others of the first priority. */
    public Server(String host, int port, @Nullable SipTransport transport) {
      this(host, port, transport, FIRST_PRIORITY, DEFAULT_WEIGHT);
    }

    /** Its URI as it was configured. */
    public String uri() {
      return "sip:" + address();
    }

    /**
     * The URI of somebody there.
     *
     * @param user the user part, escaped
     */
    public String uriOf(String user) {
      return "sip:" + user + "@" + address();
    }

    private String address() {
      return host
          + (port == 0 ? "" : ":" + port)
          + (transport == null ? "" : transport.uriParameter());
    }
  }

  /**
   * Who we are at the trunk's server.
   *
   * @param user the user name, in the URIs and for the digest
   * @param password what to answer its challenges with
   * @param realm the only realm that gets an answer; null for any
   */
  public record Account(String user, Secret password, @Nullable String realm) {}
}
