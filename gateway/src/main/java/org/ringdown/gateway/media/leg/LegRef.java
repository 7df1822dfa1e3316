package org.ringdown.gateway.media.leg;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.policy.MediaPolicy;
import org.ringdown.gateway.sdp.policy.SrtpPolicy;

/**
 * A leg and what may be said to it.
 *
 * @param name unique in the call
 * @param dialect the SDP it speaks
 * @param policy which media it may have; for a page it means nothing
 * @param peer where its signalling is, which tells the address family of its media until its own
 *     SDP does; null if that is not known
 */
public record LegRef(String name, Dialect dialect, MediaPolicy policy, @Nullable InetAddress peer) {
  private static final int NOT_ACCEPTABLE_HERE = 488;

  /** A leg to which everything may be said that needs no encryption, such as a page. */
  public LegRef(String name, Dialect dialect) {
    this(name, dialect, MediaPolicy.PLAIN, null);
  }

  /** The same leg under another name. */
  public LegRef named(String other) {
    return new LegRef(other, dialect, policy, peer);
  }

  /**
   * The same leg with encryption required: what to try next with one that refuses RTP/AVP with keys
   * beside it, because many that must encrypt take nothing but RTP/SAVP.
   *
   * @param status the SIP status of the refusal
   * @return empty if the refusal does not say so, or encryption is no option
   */
  public Optional<LegRef> encryptedAfter(int status) {
    boolean hope = status == NOT_ACCEPTABLE_HERE && policy.srtp() == SrtpPolicy.OPTIONAL;
    return hope
        ? Optional.of(new LegRef(name, dialect, policy.with(SrtpPolicy.REQUIRED), peer))
        : Optional.empty();
  }
}
