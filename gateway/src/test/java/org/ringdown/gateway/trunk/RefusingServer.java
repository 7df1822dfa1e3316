package org.ringdown.gateway.trunk;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ringdown.gateway.config.Trunk;
import org.ringdown.sip.SipEndpoint;
import org.ringdown.sip.SipHandler;
import org.ringdown.sip.leg.Invite;
import org.ringdown.sip.leg.SipLeg;
import org.ringdown.sip.message.SipStatus;
import org.ringdown.sip.register.RegisterRequest;
import org.ringdown.sip.transport.SipTransport;

/** A trunk's server that refuses every call, accepts every registration, and remembers both. */
final class RefusingServer implements SipHandler, AutoCloseable {
  private final List<Invite> calls = new CopyOnWriteArrayList<>();
  private final List<RegisterRequest> registrations = new CopyOnWriteArrayList<>();
  private volatile SipStatus refusal = SipStatus.BUSY_HERE;
  private volatile boolean ringsFirst;
  private final SipEndpoint endpoint;

  RefusingServer() throws IOException {
    endpoint = Loopback.endpoint("pbx", this);
  }

  /** Forgets what it was asked, and is busy from now on. */
  void forget() {
    calls.clear();
    registrations.clear();
    refusal = SipStatus.BUSY_HERE;
    ringsFirst = false;
  }

  /** Says this to calls from now on. */
  void refuseWith(SipStatus status) {
    refusal = status;
  }

  /** Rings before it refuses. */
  void ringFirst() {
    ringsFirst = true;
  }

  List<Invite> calls() {
    return calls;
  }

  List<RegisterRequest> registrations() {
    return registrations;
  }

  InetSocketAddress address() {
    return endpoint.listening().get(0).address();
  }

  /** Itself, as a trunk names it. */
  Trunk.Server udp() {
    return new Trunk.Server("127.0.0.1", address().getPort(), SipTransport.UDP);
  }

  @Override
  public Optional<String> passwordOf(String user) {
    return Optional.empty();
  }

  @Override
  public SipLeg.Listener onInvite(Invite invite, SipLeg leg) {
    calls.add(invite);
    if (ringsFirst) {
      leg.ring();
    }
    leg.end(refusal);
    return SipLeg.Listener.NONE;
  }

  @Override
  public void onRegister(RegisterRequest request) {
    registrations.add(request);
    request.accept(request.contacts());
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
