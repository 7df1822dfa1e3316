package org.ringdown.webrtc.media;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.dtls.DtlsAssociation;
import org.ringdown.webrtc.dtls.DtlsEngine;
import org.ringdown.webrtc.dtls.DtlsResult;
import org.ringdown.webrtc.dtls.Fingerprints;
import org.ringdown.webrtc.srtp.SrtpProfile;
import org.ringdown.webrtc.srtp.SrtpSession;

/**
 * DTLS and SRTP of one path: shakes hands as soon as the peer does, but gives out the SRTP session
 * only when the peer's certificate is known to be the one that its description announced (RFC 5763
 * section 5). Safe from any thread.
 */
final class PeerSecurity {
  private final DtlsEngine engine;
  private final Events events;
  private @Nullable ImmutableList<String> announced;
  private boolean asClient;
  private boolean closed;
  private boolean verified;
  private @Nullable DtlsAssociation association;
  private @Nullable DtlsResult result;
  private volatile @Nullable SrtpSession srtp;

  PeerSecurity(DtlsEngine engine, Events events) {
    this.engine = engine;
    this.events = events;
  }

  /** What the peer's description led to. */
  enum Described {
    /** The handshake is still to be done, or nothing has changed. */
    UNCHANGED,
    /** The certificate of an early handshake is the announced one. */
    SECURED,
    /** It is not. */
    MISMATCH,
    /** The peer has another certificate than before: a new handshake is needed. */
    RENEWED
  }

  /**
   * The peer's description is known, or has changed.
   *
   * @param client whether we are to send the ClientHello; a peer that has sent its own already is
   *     taken at its word
   */
  synchronized Described describe(ImmutableList<String> fingerprints, boolean client) {
    announced = fingerprints;
    asClient = client;
    DtlsResult known = result;
    if (known == null) {
      return Described.UNCHANGED;
    }
    boolean matches = Fingerprints.match(fingerprints, known.peerCertificate());
    if (srtp != null) {
      return matches ? Described.UNCHANGED : renew();
    }
    if (matches) {
      trust(known);
      return Described.SECURED;
    }
    return Described.MISMATCH;
  }

  private Described renew() {
    srtp = null;
    verified = false;
    result = null;
    if (association != null) {
      association.close();
      association = null;
    }
    return Described.RENEWED;
  }

  /** There is a path: sends the ClientHello if that is ours to do. Repeats do no harm. */
  synchronized void begin() {
    if (asClient && !closed) {
      association().start();
    }
  }

  /** Takes a DTLS datagram; answers it even before the peer has been described. */
  void receive(ByteBuffer datagram) {
    DtlsAssociation current;
    synchronized (this) {
      if (closed) {
        return;
      }
      current = association();
    }
    current.receive(datagram);
  }

  private DtlsAssociation association() {
    DtlsAssociation current = association;
    if (current == null) {
      Handshake handshake = new Handshake();
      current = engine.associate(asClient, handshake);
      handshake.self = current;
      association = current;
    }
    return current;
  }

  /** The session once the peer is known to be the right one. */
  @Nullable SrtpSession srtp() {
    return srtp;
  }

  private synchronized boolean accepts(byte[] certificate) {
    return announced == null || Fingerprints.match(announced, certificate);
  }

  /** Whether media may flow now. */
  private synchronized boolean secure(DtlsAssociation by, DtlsResult outcome) {
    if (closed || by != association) {
      return false;
    }
    result = outcome;
    if (announced == null) {
      return false;
    }
    trust(outcome);
    return true;
  }

  private void trust(DtlsResult outcome) {
    SrtpProfile profile = SrtpProfile.of(outcome.srtpProfile()).orElseThrow();
    srtp = SrtpSession.create(profile, outcome.srtpKeyingMaterial(), outcome.client());
    verified = true;
  }

  private synchronized boolean current(@Nullable DtlsAssociation by) {
    return !closed && by == association;
  }

  synchronized void addTo(ImmutableMap.Builder<String, Object> evidence) {
    if (association != null) {
      evidence.put("dtlsRole", association.client() ? "client" : "server");
    }
    if (result != null) {
      evidence.put("srtpProfile", SrtpProfile.of(result.srtpProfile()).orElseThrow().name());
      evidence.put("fingerprintVerified", verified);
    }
  }

  /** Ends the association; nothing is told of it. */
  synchronized void close() {
    closed = true;
    srtp = null;
    if (association != null) {
      association.close();
    }
  }

  /** What the association tells. Its callbacks hold no lock, and those of ours hold none either. */
  private final class Handshake implements DtlsAssociation.Listener {
    private volatile @Nullable DtlsAssociation self;

    @Override
    public void send(ByteBuffer datagram) {
      events.send(datagram);
    }

    @Override
    public boolean accepts(byte[] certificate) {
      return PeerSecurity.this.accepts(certificate);
    }

    @Override
    public void onSecured(DtlsResult outcome) {
      DtlsAssociation by = self;
      if (by == null) {
        throw new IllegalStateException("an association is known before it is started");
      }
      if (secure(by, outcome)) {
        events.onSecured();
      }
    }

    @Override
    public void onFailed(String reason) {
      if (current(self)) {
        events.onFailed(reason);
      }
    }

    @Override
    public void onClosed() {
      if (current(self)) {
        events.onClosed();
      }
    }
  }

  /** Hears what comes of it, never under a lock. */
  interface Events {
    /** Sends a datagram to the peer. */
    void send(ByteBuffer datagram);

    /** Media can flow. */
    void onSecured();

    /** The handshake failed. */
    void onFailed(String reason);

    /** The peer has said goodbye. */
    void onClosed();
  }
}
