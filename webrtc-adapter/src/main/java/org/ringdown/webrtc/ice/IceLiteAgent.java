package org.ringdown.webrtc.ice;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lite side of ICE (RFC 8445 section 2.5) for one peer: answers its checks and learns from them
 * where to send. It sends no checks and needs no candidates of the peer: each address that an
 * authenticated check came from is a valid pair (peer-reflexive, section 7.3.1.3). The pair
 * nominated last is the one to send on; before the first nomination, the one checked last. Always
 * the controlled side. Without I/O and clock; safe from any thread.
 */
public final class IceLiteAgent {
  /** How many generations of credentials serve side by side while the peer restarts. */
  private static final int MAX_GENERATIONS = 4;

  /** Newest first, never empty. */
  private final Deque<IceCredentials> generations = new ArrayDeque<>();

  private volatile @Nullable Path selected;
  private volatile boolean nominated;

  /** Begins with a first generation of credentials. */
  public IceLiteAgent(IceCredentials first) {
    generations.addFirst(first);
  }

  /** The credentials to offer. */
  public synchronized IceCredentials credentials() {
    return generations.getFirst();
  }

  /** All credentials that checks are answered for. */
  public synchronized ImmutableList<IceCredentials> serving() {
    return ImmutableList.copyOf(generations);
  }

  /** Where to send, if any check has come. */
  public Optional<Path> selected() {
    return Optional.ofNullable(selected);
  }

  /** Whether the peer has nominated a pair. */
  public boolean nominated() {
    return nominated;
  }

  /**
   * An ICE restart of ours (RFC 8445 section 9): offers new credentials. The old ones go on being
   * served until the peer nominates a pair with newer ones.
   *
   * @return the credentials that serve no longer, because there were too many
   */
  public synchronized ImmutableList<IceCredentials> restart(IceCredentials fresh) {
    generations.addFirst(fresh);
    return generations.size() > MAX_GENERATIONS
        ? ImmutableList.of(generations.removeLast())
        : ImmutableList.of();
  }

  /** Answers a binding request that has a USERNAME (RFC 8445 section 7.3). */
  public synchronized Check check(StunMessage request, Path path) {
    Optional<IceCredentials> own = generation(request.username().orElse(""));
    if (own.isEmpty()) {
      return refuse(request, StunError.UNAUTHENTICATED);
    }
    if (!request.hasIntegrity()) {
      return refuse(request, StunError.BAD_REQUEST);
    }
    byte[] key = own.get().key();
    if (!request.integrityMatches(key)) {
      return refuse(request, StunError.UNAUTHENTICATED);
    }
    if (!request.unknownAttributes().isEmpty()) {
      return refuse(request, StunError.UNKNOWN_ATTRIBUTE, key);
    }
    if (request.iceControlled()) {
      // Section 7.3.1.1 would let us switch roles, but a lite agent is never controlling.
      return refuse(request, StunError.ROLE_CONFLICT, key);
    }
    ImmutableList<IceCredentials> retired = select(own.get(), request.useCandidate(), path);
    ByteBuffer response =
        StunWriter.success(request)
            .xorMappedAddress(path.remote())
            .integrity(key)
            .fingerprint()
            .build();
    return new Check(response, null, retired);
  }

  private ImmutableList<IceCredentials> select(IceCredentials by, boolean nominates, Path path) {
    if (nominates) {
      nominated = true;
      selected = path;
      return retireOlderThan(by);
    }
    if (!nominated) {
      selected = path;
    }
    return ImmutableList.of();
  }

  private ImmutableList<IceCredentials> retireOlderThan(IceCredentials inUse) {
    ImmutableList.Builder<IceCredentials> retired = ImmutableList.builder();
    for (Iterator<IceCredentials> i = generations.descendingIterator(); i.hasNext(); ) {
      IceCredentials oldest = i.next();
      if (oldest.equals(inUse)) {
        break;
      }
      i.remove();
      retired.add(oldest);
    }
    return retired.build();
  }

  private Optional<IceCredentials> generation(String username) {
    int colon = username.indexOf(':');
    String ufrag = colon < 0 ? username : username.substring(0, colon);
    return generations.stream().filter(g -> g.ufrag().equals(ufrag)).findFirst();
  }

  private static Check refuse(StunMessage request, StunError error) {
    ByteBuffer response = StunWriter.error(request, error).fingerprint().build();
    return new Check(response, error, ImmutableList.of());
  }

  private static Check refuse(StunMessage request, StunError error, byte[] key) {
    ByteBuffer response = StunWriter.error(request, error).integrity(key).fingerprint().build();
    return new Check(response, error, ImmutableList.of());
  }

  /**
   * What came of a check.
   *
   * @param response what to send back over the path
   * @param refused why it was refused; null if it was good
   * @param retired credentials that serve no longer
   */
  public record Check(
      ByteBuffer response, @Nullable StunError refused, ImmutableList<IceCredentials> retired) {
    /** Whether the peer has proved that it is there and knows our password. */
    public boolean valid() {
      return refused == null;
    }
  }
}
