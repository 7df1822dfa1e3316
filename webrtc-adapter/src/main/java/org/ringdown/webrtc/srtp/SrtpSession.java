package org.ringdown.webrtc.srtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * Both directions of one SRTP session (RFC 3711, RFC 7714) keyed by DTLS (RFC 5764), for any number
 * of streams. Packets are changed in place: buffers must have an array, and for protection {@link
 * #MAX_OVERHEAD_BYTES} of room behind their limit. The four kinds of work (RTP and RTCP, protecting
 * and unprotecting) each hold a lock of their own, so that it is safe from any thread.
 */
public final class SrtpSession {
  /** The most that protection adds to a packet. */
  public static final int MAX_OVERHEAD_BYTES = PacketCipher.MAX_OVERHEAD_BYTES;

  private final SrtpStreams outbound;
  private final SrtpStreams inbound;
  private final SrtcpStreams outboundControl;
  private final SrtcpStreams inboundControl;

  private SrtpSession(SrtpProfile profile, Master own, Master peer)
      throws GeneralSecurityException {
    outbound = new SrtpStreams(own.rtp(profile));
    inbound = new SrtpStreams(peer.rtp(profile));
    outboundControl = new SrtcpStreams(own.rtcp(profile));
    inboundControl = new SrtcpStreams(peer.rtcp(profile));
  }

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
    try {
      return client
          ? new SrtpSession(profile, first, second)
          : new SrtpSession(profile, second, first);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES and HMAC-SHA1", e);
    }
  }

  /** Protects one RTP packet in place. */
  public SrtpResult protectRtp(ByteBuffer packet) {
    requireRoom(packet);
    return outbound.protect(packet);
  }

  /** Unprotects one SRTP packet in place; unless {@code OK} its content is not to be used. */
  public SrtpResult unprotectRtp(ByteBuffer packet) {
    return inbound.unprotect(packet);
  }

  /** Protects one compound RTCP packet in place. */
  public SrtpResult protectRtcp(ByteBuffer packet) {
    requireRoom(packet);
    return outboundControl.protect(packet);
  }

  /** Unprotects one SRTCP packet in place; unless {@code OK} its content is not to be used. */
  public SrtpResult unprotectRtcp(ByteBuffer packet) {
    return inboundControl.unprotect(packet);
  }

  private static void requireRoom(ByteBuffer packet) {
    if (packet.capacity() - packet.limit() < MAX_OVERHEAD_BYTES) {
      throw new IllegalArgumentException("no room to protect the packet in place");
    }
  }

  /** The master key and salt of one direction. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Master(byte[] key, byte[] salt) {
    static Master of(SrtpProfile profile, byte[] material, int index) {
      int key = index * profile.keyBytes();
      int salt = 2 * profile.keyBytes() + index * profile.saltBytes();
      return new Master(
          Arrays.copyOfRange(material, key, key + profile.keyBytes()),
          Arrays.copyOfRange(material, salt, salt + profile.saltBytes()));
    }

    PacketCipher rtp(SrtpProfile profile) throws GeneralSecurityException {
      KeyDerivation keys = new KeyDerivation(key, salt, KeyDerivation.RTP);
      return profile.aead()
          ? GcmCipher.rtp(keys, profile.keyBytes())
          : CounterModeCipher.rtp(keys, profile.rtpTagBytes());
    }

    PacketCipher rtcp(SrtpProfile profile) throws GeneralSecurityException {
      KeyDerivation keys = new KeyDerivation(key, salt, KeyDerivation.RTCP);
      return profile.aead()
          ? GcmCipher.rtcp(keys, profile.keyBytes())
          : CounterModeCipher.rtcp(keys);
    }
  }
}
