package org.ringdown.webrtc.media;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * The media path to one browser: ICE-lite, then DTLS, then SRTP, everything bundled and rtcp-muxed
 * behind the gateway's one UDP port. Checks and a ClientHello that arrive before {@link #connect}
 * are served at once (a browser may be faster than its own answer); nothing is passed up until the
 * fingerprint has been verified. Safe from any thread.
 */
public interface PeerTransport extends AutoCloseable {
  /** Our ICE user fragment (RFC 8839 section 5.4). */
  String ufrag();

  /** Our ICE password. */
  String password();

  /** Our candidates as the value of {@code a=candidate:} lines; ICE-lite has host ones only. */
  ImmutableList<String> candidates();

  /** Our certificate's fingerprint as the value of {@code a=fingerprint:} (RFC 8122). */
  String fingerprint();

  /** Where the browser is to find us in {@code c=} and {@code m=}: the first candidate's. */
  InetSocketAddress defaultAddress();

  /**
   * What the browser's SDP said of its side. Called again after an ICE restart (other ufrag and
   * password) it moves on without a new DTLS handshake as long as the fingerprint is the same.
   *
   * @param dtlsClient true if we are to send the ClientHello: the browser said {@code
   *     a=setup:passive} (RFC 8842 section 5)
   */
  void connect(Remote remote, boolean dtlsClient);

  /**
   * A candidate of the browser, as the value of {@code a=candidate:} or as it is trickled. ICE-lite
   * does without; {@link #evidence} names the way by it.
   */
  void candidate(String line);

  /**
   * New local ICE credentials for an ICE restart; the old ones serve until the browser has moved.
   */
  void restartIce();

  /** Protects and sends one RTP packet; dropped until connected. The buffer may be overwritten. */
  void sendRtp(ByteBuffer packet);

  /** Protects and sends one compound RTCP packet; dropped until connected. */
  void sendRtcp(ByteBuffer packet);

  /** Where the path stands. */
  State state();

  /** What has been seen of ICE and DTLS so far, for {@code media} events and timelines. */
  ImmutableMap<String, Object> evidence();

  /** Gives everything back. Idempotent; the listener hears nothing any more. */
  @Override
  void close();

  /** The browser's side of the description. */
  record Remote(String ufrag, String password, ImmutableList<String> fingerprints) {}

  /** Where a path stands. */
  enum State {
    /** No authenticated check has come yet. */
    NEW,
    /** Checks arrive; the DTLS handshake is going on. */
    CONNECTING,
    /** Media can flow. */
    CONNECTED,
    /** No check (RFC 7675) and no packet has come for a while; may come back. */
    LOST,
    /** ICE never began, or the path was lost for so long that it has failed for good. */
    ICE_FAILED,
    /** The handshake failed or the fingerprint was another. */
    DTLS_FAILED,
    CLOSED
  }

  /** Hears of the path. Packets come on I/O threads; nothing may block. */
  interface Listener {
    /** The state has changed. */
    void onState(State state);

    /**
     * One RTP packet, unprotected. The buffer is the thread's own: valid during the call only, may
     * be changed in place, and has at least 64 bytes of room behind its limit.
     */
    void onRtp(ByteBuffer packet);

    /** One compound RTCP packet, unprotected; the buffer as in {@link #onRtp}. */
    void onRtcp(ByteBuffer packet);
  }
}
