package org.ringdown.webrtc.client;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.ringdown.webrtc.dtls.DtlsAssociation;
import org.ringdown.webrtc.dtls.DtlsResult;
import org.ringdown.webrtc.dtls.Fingerprints;
import org.ringdown.webrtc.ice.DatagramLink;
import org.ringdown.webrtc.ice.IceCredentials;
import org.ringdown.webrtc.ice.MalformedStunException;
import org.ringdown.webrtc.ice.StunMessage;
import org.ringdown.webrtc.srtp.SrtpProfile;
import org.ringdown.webrtc.srtp.SrtpResult;
import org.ringdown.webrtc.srtp.SrtpSession;

/**
 * One peer connection: ICE controlling, DTLS, SRTP, over a UDP socket of its own. {@link #connect}
 * does all by itself; {@link #learn}, {@link #check} and {@link #shakeHands} do it step by step,
 * for tests that want to be in the way. Safe from any thread.
 */
public final class WebRtcClient implements AutoCloseable {
  private static final int FIRST_RTCP_TYPE = 192;
  private static final int LAST_RTCP_TYPE = 223;

  private final Listener listener;
  private final Surroundings surroundings;
  private final IceChecks checks;
  private volatile InetAddress address;
  private volatile Port port;
  private volatile List<String> fingerprints = ImmutableList.of();
  private volatile boolean dtlsClient;
  private volatile @Nullable DtlsAssociation association;
  private volatile @Nullable SrtpSession srtp;

  WebRtcClient(InetAddress address, Surroundings surroundings, Listener listener)
      throws IOException {
    this.address = address;
    this.surroundings = surroundings;
    this.listener = listener;
    checks = new IceChecks(surroundings.random(), surroundings.timer(), this::sendTo, this::onPath);
    port = open();
  }

  /**
   * Opens the socket; nothing is sent yet.
   *
   * @param address the local address to be on
   * @param timer for repeated checks
   * @param listener hears what comes
   */
  public static WebRtcClient open(
      InetAddress address, ScheduledExecutorService timer, Listener listener) throws IOException {
    return open(address, Arrays.asList(SrtpProfile.values()), timer, listener);
  }

  /** The same with some SRTP profiles only, the preferred first. */
  public static WebRtcClient open(
      InetAddress address,
      List<SrtpProfile> profiles,
      ScheduledExecutorService timer,
      Listener listener)
      throws IOException {
    return new WebRtcClient(address, Surroundings.own(profiles, timer), listener);
  }

  private Port open() throws IOException {
    return surroundings.ports().open(address, this::onDatagram);
  }

  /** Our ICE user fragment. */
  public String ufrag() {
    return checks.own().ufrag();
  }

  /** Our ICE password. */
  public String password() {
    return checks.own().password();
  }

  /** Our certificate's fingerprint, as {@code a=fingerprint:} has it. */
  public String fingerprint() {
    return surroundings.engine().fingerprint();
  }

  /** The address it sends from, its one host candidate. */
  public InetSocketAddress local() {
    return link().local();
  }

  /** Whether media can flow. */
  public boolean secured() {
    return srtp != null;
  }

  /**
   * Takes the other side's description and does what a browser does: checks until a candidate
   * answers, nominates it, shakes hands, keeps consent fresh (RFC 7675). Called again with other
   * credentials it is an ICE restart.
   *
   * @param client whether we send the ClientHello ({@code a=setup:active} is ours)
   */
  public void connect(RemoteDescription remote, boolean client) {
    learn(remote);
    dtlsClient = client;
    if (!client) {
      shakeHands(false); // the ClientHello may come before we know that the path stands
    }
    checks.start();
  }

  /**
   * Leaves it to the other side to choose the path, which an offerer with full ICE does (RFC 8445
   * section 6.1.1); to be said before {@link #connect}.
   */
  public void followTheOther() {
    checks.followTheOther();
  }

  /** Takes the other side's description and sends nothing. */
  public void learn(RemoteDescription remote) {
    fingerprints = remote.fingerprints();
    checks.learn(new IceCredentials(remote.ufrag(), remote.password()), remote.candidates());
  }

  /** Sends one check to the preferred candidate. */
  public void check(boolean nominate) {
    checks.send(nominate);
  }

  /** Begins the handshake, or as a server waits for it; nothing if one is going on already. */
  public synchronized void shakeHands(boolean client) {
    if (association == null) {
      DtlsAssociation fresh = surroundings.engine().associate(client, new DtlsEvents());
      association = fresh;
      if (client) {
        fresh.start();
      }
    }
  }

  /** Forgets the handshake, so that the next one begins anew. */
  public synchronized void forgetHandshake() {
    association = null;
  }

  private void onPath() {
    listener.onPath();
    shakeHands(dtlsClient);
  }

  /** Goes on from a new port, as after a change of networks; what comes to the old one is lost. */
  public void move() throws IOException {
    openAnother();
    checks.restart();
  }

  private void openAnother() throws IOException {
    Port old = port;
    port = open();
    old.close();
  }

  /**
   * Begins an ICE restart of ours (RFC 8445 section 9): other credentials and another port, to be
   * told in the next offer. Nothing is sent until {@link #connect} is called with the answer; the
   * keys of the media stay.
   *
   * @param local the local address to be on from now on
   */
  public void restartIce(InetAddress local) throws IOException {
    address = local;
    checks.renew();
    openAnother();
  }

  /** Sends any datagram to where the path leads. */
  public void send(ByteBuffer datagram) {
    InetSocketAddress remote = checks.remote();
    if (remote != null) {
      sendTo(datagram, remote);
    }
  }

  private void sendTo(ByteBuffer datagram, InetSocketAddress remote) {
    link().send(datagram, remote);
  }

  /**
   * Protects and sends one RTP packet; dropped until secured. The buffer is overwritten and needs
   * 64 bytes of room behind its limit.
   */
  public void sendRtp(ByteBuffer packet) {
    SrtpSession session = srtp;
    if (session != null && session.protectRtp(packet) == SrtpResult.OK) {
      send(packet);
    }
  }

  /** Protects and sends one compound RTCP packet; the buffer as in {@link #sendRtp}. */
  public void sendRtcp(ByteBuffer packet) {
    SrtpSession session = srtp;
    if (session != null && session.protectRtcp(packet) == SrtpResult.OK) {
      send(packet);
    }
  }

  private DatagramLink link() {
    return port.link();
  }

  private void onDatagram(ByteBuffer datagram, InetSocketAddress source, DatagramLink via) {
    int first = datagram.get(0) & 0xFF;
    if (first < 4) {
      onStun(datagram, source);
    } else if (first < 64) {
      onHandshake(datagram);
    } else {
      onMedia(datagram);
    }
  }

  private void onStun(ByteBuffer datagram, InetSocketAddress source) {
    try {
      ByteBuffer copy = ByteBuffer.allocate(datagram.remaining()).put(datagram.slice()).flip();
      StunMessage message = StunMessage.parse(copy);
      listener.onStun(message);
      checks.receive(message, source);
    } catch (MalformedStunException e) {
      listener.onGone("what came is not STUN: " + e.getMessage());
    }
  }

  private void onHandshake(ByteBuffer datagram) {
    DtlsAssociation current = association;
    if (current != null) {
      current.receive(datagram);
    }
  }

  private void onMedia(ByteBuffer packet) {
    SrtpSession session = srtp;
    if (session == null || packet.remaining() < 2) {
      return;
    }
    int type = packet.get(packet.position() + 1) & 0xFF;
    boolean control = type >= FIRST_RTCP_TYPE && type <= LAST_RTCP_TYPE;
    SrtpResult outcome = control ? session.unprotectRtcp(packet) : session.unprotectRtp(packet);
    if (outcome != SrtpResult.OK) {
      return;
    }
    if (control) {
      listener.onRtcp(packet);
    } else {
      listener.onRtp(packet);
    }
  }

  /** Says goodbye, as a page that closes its connection. */
  public void hangUp() {
    DtlsAssociation current = association;
    if (current != null) {
      current.close();
    }
  }

  @Override
  public void close() {
    checks.close();
    hangUp();
    if (!surroundings.shared()) {
      surroundings.engine().close();
    }
    port.close();
  }

  /** Hears what comes, on the socket's thread; must not block. */
  public interface Listener {
    /** A candidate has answered: datagrams can go to and fro. */
    default void onPath() {}

    /** The handshake is done: media can flow. */
    default void onSecured(DtlsResult result) {}

    /** The handshake failed, the other side has closed, or what comes cannot be read. */
    default void onGone(String reason) {}

    /** A STUN message, before it is dealt with. */
    default void onStun(StunMessage message) {}

    /**
     * One RTP packet, unprotected. The buffer is the thread's own and valid during the call only.
     */
    void onRtp(ByteBuffer packet);

    /** One compound RTCP packet, unprotected; the buffer as in {@link #onRtp}. */
    default void onRtcp(ByteBuffer packet) {}
  }

  private final class DtlsEvents implements DtlsAssociation.Listener {
    @Override
    public void send(ByteBuffer datagram) {
      WebRtcClient.this.send(datagram);
    }

    @Override
    public boolean accepts(byte[] certificate) {
      List<String> announced = fingerprints;
      return announced.isEmpty() || Fingerprints.match(announced, certificate);
    }

    @Override
    public void onSecured(DtlsResult outcome) {
      SrtpProfile profile = SrtpProfile.of(outcome.srtpProfile()).orElseThrow();
      srtp = SrtpSession.create(profile, outcome.srtpKeyingMaterial(), outcome.client());
      listener.onSecured(outcome);
    }

    @Override
    public void onFailed(String reason) {
      listener.onGone(reason);
    }

    @Override
    public void onClosed() {
      listener.onGone("the other side has closed");
    }
  }
}
