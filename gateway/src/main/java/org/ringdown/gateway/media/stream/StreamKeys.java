package org.ringdown.gateway.media.stream;

import com.google.common.collect.ImmutableList;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.ringdown.gateway.sdp.policy.SrtpPolicy;
import org.ringdown.gateway.sdp.sdes.CryptoAttribute;
import org.ringdown.gateway.sdp.sdes.CryptoSuite;
import org.ringdown.webrtc.srtp.SrtpProfile;
import org.ringdown.webrtc.srtp.SrtpSession;

/**
 * The keys of one stream of a phone's leg, exchanged in its SDP (RFC 4568), and the SRTP session
 * that they make. Each side chooses the key of what it sends. A peer that chooses a new one in an
 * offer gets a new one of ours, so that both begin to count anew: many phones do so whether our key
 * has changed or not. Not thread-safe: the call's executor.
 */
final class StreamKeys {
  /** What is offered, the best first; few, so that an INVITE still fits into a datagram. */
  private static final ImmutableList<CryptoSuite> OFFERED =
      ImmutableList.of(
          CryptoSuite.AEAD_AES_128_GCM,
          CryptoSuite.AES_CM_128_HMAC_SHA1_80,
          CryptoSuite.AEAD_AES_256_GCM);

  private final SrtpPolicy policy;
  private final SecureRandom random;
  private ImmutableList<CryptoAttribute> said = ImmutableList.of();
  private boolean settled;
  private @Nullable Agreed agreed;

  /** One key of each side, of one suite, under one tag. */
  private record Agreed(CryptoAttribute own, CryptoAttribute peer, SrtpSession session) {}

  StreamKeys(SrtpPolicy policy, SecureRandom random) {
    this.policy = policy;
    this.random = random;
  }

  /** What to offer: a key for each suite, once; later what has been agreed on. */
  ImmutableList<CryptoAttribute> offer() {
    Agreed now = agreed;
    if (settled) {
      said = now == null ? ImmutableList.of() : ImmutableList.of(now.own);
    } else if (policy != SrtpPolicy.OFF && said.isEmpty()) {
      ImmutableList.Builder<CryptoAttribute> fresh = ImmutableList.builder();
      for (int i = 0; i < OFFERED.size(); i++) {
        fresh.add(freshKey(i + 1, OFFERED.get(i)));
      }
      said = fresh.build();
    }
    return said;
  }

  /** What we said last, in an offer or an answer: the peer may have to answer that again. */
  ImmutableList<CryptoAttribute> said() {
    return said;
  }

  /** Whether nothing may pass without a key. */
  boolean isNeeded() {
    return policy == SrtpPolicy.REQUIRED;
  }

  private CryptoAttribute freshKey(int tag, CryptoSuite suite) {
    byte[] master = new byte[suite.masterBytes()];
    random.nextBytes(master);
    return CryptoAttribute.of(tag, suite, master);
  }

  /**
   * Takes an offer of the peer, whose order counts (RFC 4568 section 5.1.2).
   *
   * @param offer its keys; none means that the stream is not encrypted
   * @return our key for the answer, or none
   */
  ImmutableList<CryptoAttribute> answer(ImmutableList<CryptoAttribute> offer) {
    settled = true;
    if (offer.isEmpty()) {
      agreed = null;
      said = ImmutableList.of();
      return said;
    }
    CryptoAttribute peer = offer.get(0);
    Agreed before = agreed;
    Agreed now =
        before != null && before.peer.isSameKey(peer)
            ? new Agreed(before.own.withTag(peer.tag()), peer, before.session)
            : agree(freshKey(peer.tag(), peer.suite()), peer);
    agreed = now;
    said = ImmutableList.of(now.own);
    return said;
  }

  /**
   * Takes the peer's answer to {@link #offer}.
   *
   * @param answer one of the offered keys' tags and suites with the peer's key, or none
   */
  void answered(ImmutableList<CryptoAttribute> answer) {
    settled = true;
    Agreed before = agreed;
    if (answer.isEmpty()) {
      agreed = null;
      return;
    }
    CryptoAttribute peer = answer.get(0);
    CryptoAttribute own =
        said.stream().filter(key -> key.tag() == peer.tag()).findFirst().orElseThrow();
    if (before == null || !before.own.isSameKey(own)) {
      agreed = agree(own, peer);
    } else if (!before.peer.isSameKey(peer)) {
      SrtpSession session = before.session.withPeerKey(peer.master(), peer.mkiBytes());
      agreed = new Agreed(own, peer, session);
    }
  }

  private static Agreed agree(CryptoAttribute own, CryptoAttribute peer) {
    SrtpProfile profile =
        switch (peer.suite()) {
          case AEAD_AES_128_GCM -> SrtpProfile.AEAD_AES_128_GCM;
          case AEAD_AES_256_GCM -> SrtpProfile.AEAD_AES_256_GCM;
          case AES_CM_128_HMAC_SHA1_80 -> SrtpProfile.AES128_CM_HMAC_SHA1_80;
          case AES_CM_128_HMAC_SHA1_32 -> SrtpProfile.AES128_CM_HMAC_SHA1_32;
          case AES_256_CM_HMAC_SHA1_80 -> SrtpProfile.AES256_CM_HMAC_SHA1_80;
        };
    return new Agreed(
        own, peer, SrtpSession.keyed(profile, own.master(), peer.master(), peer.mkiBytes()));
  }

  /** What protects the stream; null if nothing does. */
  @Nullable SrtpSession session() {
    Agreed now = agreed;
    return now == null ? null : now.session;
  }

  /** What is agreed on, for figures: a suite, or {@code none}. */
  String suiteName() {
    Agreed now = agreed;
    return now == null ? "none" : now.own.suite().name();
  }
}
