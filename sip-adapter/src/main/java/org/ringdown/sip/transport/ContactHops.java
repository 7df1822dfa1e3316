package org.ringdown.sip.transport;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.sip.address.Hop;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import org.ringdown.sip.dns.Service;
import org.ringdown.sip.message.Uris;
import org.ringdown.sip.stack.HopRouter;

/**
 * Where a phone is that has said so in a Contact, and was heard from somewhere. RFC 3261 sections
 * 10.3 and 12.2.1.1 send requests where the Contact leads; behind a NAT nobody is there, or
 * somebody else. So a phone is reached the way it came (RFC 5626 calls that a flow), unless
 *
 * <ul>
 *   <li>its Contact is a name, which no phone writes that only has the address of its own network;
 *   <li>it came over a connection that is gone, and its Contact is an address that is not behind a
 *       NAT: the very one it came from, or a public one.
 * </ul>
 *
 * <p>TLS leads only the way the phone came, since phones have no certificate to prove who they are.
 * Safe from any thread.
 */
public final class ContactHops {
  private final NamedHops names;
  private final LocalPoints points;
  private final Predicate<InetSocketAddress> connected;

  /**
   * Contacts whose names are looked up there.
   *
   * @param points the sockets that requests leave by
   * @param connected whether there is a connection with that address
   */
  public ContactHops(NamedHops names, LocalPoints points, Predicate<InetSocketAddress> connected) {
    this.names = names;
    this.points = points;
    this.connected = connected;
  }

  /**
   * Where a phone is to be reached.
   *
   * @param contact its Contact URI
   * @param flow where it was heard from
   * @return the place; empty if there is none. Never fails; DNS may take its time
   */
  public CompletableFuture<Optional<Destination>> find(String contact, Destination flow) {
    try {
      return find(Uris.parse(contact), flow);
    } catch (ParseException e) {
      return CompletableFuture.completedFuture(Optional.of(flow));
    }
  }

  private CompletableFuture<Optional<Destination>> find(URI contact, Destination flow) {
    boolean gone = isGone(flow);
    boolean byFlow = flow.transport() == SipTransport.TLS || (isReliable(flow) && !gone);
    if (byFlow || !isName(contact)) {
      Optional<Destination> way = gone ? literal(contact, flow) : Optional.of(flow);
      return CompletableFuture.completedFuture(way);
    }
    return named(contact, flow)
        .thenApply(found -> found.or(() -> gone ? found : Optional.of(flow)));
  }

  /** Whether the connection that the phone came over is no more. */
  public boolean isGone(Destination flow) {
    return isReliable(flow) && flow.tls() == null && !connected.test(flow.address());
  }

  private static boolean isReliable(Destination flow) {
    return flow.transport() != SipTransport.UDP;
  }

  /** Whether a URI says where it leads by a name, which only DNS understands. */
  public static boolean isName(URI contact) {
    return contact instanceof SipURI && HopRouter.literal(contact) == null;
  }

  /**
   * Where the address in a Contact leads, over TCP, for a phone whose connection is gone.
   *
   * @param flow where it was heard from
   * @return empty if the Contact has no address that one could connect to
   */
  public Optional<Destination> literal(URI contact, Destination flow) {
    Hop hop = HopRouter.literal(contact);
    if (hop == null || flow.transport() != SipTransport.TCP || !hop.getTransport().equals("TCP")) {
      return Optional.empty();
    }
    InetAddress address = InetAddresses.forString(hop.getHost());
    boolean direct = address.equals(flow.address().getAddress()) || !isPrivate(address);
    Destination there =
        new Destination(new InetSocketAddress(address, hop.getPort()), SipTransport.TCP);
    return direct && points.towards(there).isPresent() ? Optional.of(there) : Optional.empty();
  }

  /**
   * Where the name in a Contact leads.
   *
   * @param flow where the phone was heard from, which is the better way if it is the same host
   * @return empty if nobody knows, or it is a private address and the phone's is not
   */
  public CompletableFuture<Optional<Destination>> named(URI contact, Destination flow) {
    ImmutableSet<Service> spoken = spoken(flow);
    if (!(contact instanceof SipURI uri) || uri.isSecure() || spoken.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return names
        .find(uri, spoken)
        .thenApply(found -> found.filter(there -> mayBe(there, flow)).map(t -> better(t, flow)));
  }

  /** TCP where that is the way it came, or else what the URI says. */
  private ImmutableSet<Service> spoken(Destination flow) {
    Stream<Service> all =
        flow.transport() == SipTransport.UDP
            ? Stream.of(Service.UDP, Service.TCP)
            : Stream.of(Service.TCP);
    return all.filter(
            service ->
                points.all().stream().anyMatch(p -> p.transport().name().equals(service.name())))
        .collect(toImmutableSet());
  }

  private boolean mayBe(Destination there, Destination flow) {
    boolean near =
        !isPrivate(there.address().getAddress()) || isPrivate(flow.address().getAddress());
    return near && points.towards(there).isPresent();
  }

  /** The port that the phone came from is open in a NAT; the one that its name has may not be. */
  private Destination better(Destination there, Destination flow) {
    boolean sameHost = there.address().getAddress().equals(flow.address().getAddress());
    return sameHost && !isGone(flow) ? flow : there;
  }

  /** Addresses that mean another host in another network (RFC 1918, 6598, 4193 and the like). */
  private static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean shared =
        address instanceof Inet4Address && bytes[0] == 100 && (bytes[1] & 0xC0) == 0x40;
    boolean uniqueLocal = !(address instanceof Inet4Address) && (bytes[0] & 0xFE) == 0xFC;
    return address.isSiteLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || shared
        || uniqueLocal;
  }
}
