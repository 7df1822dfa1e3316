package org.ringdown.webrtc.srtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * Both directions of one SRTP session (RFC 3711, RFC 7714) keyed by DTLS (RFC 5764) or by SDP (RFC
 * 4568), for any number of streams. Packets are changed in place: buffers must have an array, and
 * for protection {@link #MAX_OVERHEAD_BYTES} of room behind their limit. The four kinds of work
 * (RTP and RTCP, protecting and unprotecting) each hold a lock of their own, so that it is safe
 * from any thread.
 */
public final class SrtpSession {
  /** The most that protection adds to a packet. */
  public static final int MAX_OVERHEAD_BYTES = PacketCipher.MAX_OVERHEAD_BYTES;

  private final SrtpProfile profile;
  private final Outbound outbound;
  private final Inbound inbound;

  private SrtpSession(SrtpProfile profile, Outbound outbound, Inbound inbound) {
    this.profile = profile;
    this.outbound = outbound;
    this.inbound = inbound;
  }

  /** What goes out, under our key. */
  private record Outbound(SrtpStreams rtp, SrtcpStreams rtcp) {}

  /** What comes in, under the peer's key, with an MKI of so many bytes in each packet. */
  private record Inbound(SrtpStreams rtp, SrtcpStreams rtcp, int mkiBytes) {}

  /**
   * A session from what DTLS exported: both master keys, then both master salts, the client's first
   * (RFC 5764 section 4.2).
   *
   * @param client whether we were the DTLS client
   */
  public static SrtpSession create(SrtpProfile profile, byte[] keyingMaterial, boolean client) {
    if (keyingMaterial.length != profile.keyingMaterialBytes()) {
      throw new IllegalArgumentException("wrong amount of keying material for " + profile);
    }
    Master first = Master.of(profile, keyingMaterial, 0);
    Master second = Master.of(profile, keyingMaterial, 1);
    return client
        ? new SrtpSession(profile, outbound(profile, first), inbound(profile, second, 0))
        : new SrtpSession(profile, outbound(profile, second), inbound(profile, first, 0));
  }

  /**
   * A session from keys that each side has chosen for what it sends (RFC 4568 section 6.1).
   *
   * @param own our master key, then our master salt
   * @param peer the same of the peer
   * @param peerMkiBytes how long the MKI is that the peer puts into each packet, 0 for none
   */
  public static SrtpSession keyed(SrtpProfile profile, byte[] own, byte[] peer, int peerMkiBytes) {
    return new SrtpSession(
        profile,
        outbound(profile, Master.of(profile, own)),
        inbound(profile, Master.of(profile, peer), peerMkiBytes));
  }

  /**
   * The session that goes on when the peer has chosen another key and we have not: what we send is
   * counted on, because no index may be used twice under one key.
   *
   * @param peer the peer's new master key, then its new master salt
   * @param peerMkiBytes as in {@link #keyed}
   */
  public SrtpSession withPeerKey(byte[] peer, int peerMkiBytes) {
    return new SrtpSession(
        profile, outbound, inbound(profile, Master.of(profile, peer), peerMkiBytes));
  }

  private static Outbound outbound(SrtpProfile profile, Master own) {
    return new Outbound(new SrtpStreams(own.rtp(profile)), new SrtcpStreams(own.rtcp(profile)));
  }

  private static Inbound inbound(SrtpProfile profile, Master peer, int mkiBytes) {
    return new Inbound(
        new SrtpStreams(peer.rtp(profile)), new SrtcpStreams(peer.rtcp(profile)), mkiBytes);
  }

  /** Protects one RTP packet in place. */
  public SrtpResult protectRtp(ByteBuffer packet) {
    requireRoom(packet);
    return outbound.rtp.protect(packet);
  }

  /** Unprotects one SRTP packet in place; unless {@code OK} its content is not to be used. */
  public SrtpResult unprotectRtp(ByteBuffer packet) {
    return withoutMki(packet, profile.rtpBytesBehindMki())
        ? inbound.rtp.unprotect(packet)
        : SrtpResult.MALFORMED;
  }

  /** Protects one compound RTCP packet in place. */
  public SrtpResult protectRtcp(ByteBuffer packet) {
    requireRoom(packet);
    return outbound.rtcp.protect(packet);
  }

  /** Unprotects one SRTCP packet in place; unless {@code OK} its content is not to be used. */
  public SrtpResult unprotectRtcp(ByteBuffer packet) {
    return withoutMki(packet, profile.rtcpBytesBehindMki())
        ? inbound.rtcp.unprotect(packet)
        : SrtpResult.MALFORMED;
  }

  /** With one key its identifier tells nothing: it is cut out from before the tag. */
  private boolean withoutMki(ByteBuffer packet, int bytesBehind) {
    int mki = inbound.mkiBytes;
    int end = packet.limit() - mki;
    int from = end - bytesBehind;
    if (mki == 0) {
      return true;
    }
    if (from < packet.position()) {
      return false;
    }
    byte[] bytes = packet.array();
    int offset = packet.arrayOffset();
    System.arraycopy(bytes, offset + from + mki, bytes, offset + from, bytesBehind);
    packet.limit(end);
    return true;
  }

  private static void requireRoom(ByteBuffer packet) {
    if (packet.capacity() - packet.limit() < MAX_OVERHEAD_BYTES) {
      throw new IllegalArgumentException("no room to protect the packet in place");
    }
  }

  /** The master key and salt of one direction. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Master(byte[] key, byte[] salt) {
    /** From the keys of both directions and then the salts of both. */
    static Master of(SrtpProfile profile, byte[] material, int index) {
      int key = index * profile.keyBytes();
      int salt = 2 * profile.keyBytes() + index * profile.saltBytes();
      return new Master(
          Arrays.copyOfRange(material, key, key + profile.keyBytes()),
          Arrays.copyOfRange(material, salt, salt + profile.saltBytes()));
    }

    /** From the key and the salt of one direction. */
    static Master of(SrtpProfile profile, byte[] material) {
      if (material.length != profile.masterBytes()) {
        throw new IllegalArgumentException("wrong length of a key for " + profile);
      }
      return new Master(
          Arrays.copyOf(material, profile.keyBytes()),
          Arrays.copyOfRange(material, profile.keyBytes(), material.length));
    }

    PacketCipher rtp(SrtpProfile profile) {
      KeyDerivation keys = new KeyDerivation(key, salt, KeyDerivation.RTP);
      try {
        return profile.aead()
            ? GcmCipher.rtp(keys, profile.keyBytes())
            : CounterModeCipher.rtp(keys, profile.keyBytes(), profile.rtpTagBytes());
      } catch (GeneralSecurityException e) {
        throw lacking(e);
      }
    }

    PacketCipher rtcp(SrtpProfile profile) {
      KeyDerivation keys = new KeyDerivation(key, salt, KeyDerivation.RTCP);
      try {
        return profile.aead()
            ? GcmCipher.rtcp(keys, profile.keyBytes())
            : CounterModeCipher.rtcp(keys, profile.keyBytes());
      } catch (GeneralSecurityException e) {
        throw lacking(e);
      }
    }

    private static IllegalStateException lacking(GeneralSecurityException e) {
      return new IllegalStateException("every Java platform has AES and HMAC-SHA1", e);
    }
  }
}
