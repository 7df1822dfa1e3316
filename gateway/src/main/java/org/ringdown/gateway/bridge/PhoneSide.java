package org.ringdown.gateway.bridge;

import java.util.Optional;
import org.ringdown.gateway.call.EndReason.By;
import org.ringdown.gateway.media.Dialect;
import org.ringdown.gateway.media.MediaSession.LegRef;
import org.ringdown.gateway.routing.Origin;
import org.ringdown.sip.Authentication;
import org.ringdown.sip.Invite;
import org.ringdown.sip.RegisterRequest;
import org.ringdown.sip.SipHandler;
import org.ringdown.sip.SipLeg;

/**
 * What phones ask for. Everybody has to prove who they are; who cannot reaches nothing, and is
 * called what the proof says, not what From claims. Safe from any thread.
 */
final class PhoneSide implements SipHandler {
  private final Users users;
  private final Registrations registrations;
  private final CallService calls;

  PhoneSide(Users users, Registrations registrations, CallService calls) {
    this.users = users;
    this.registrations = registrations;
    this.calls = calls;
  }

  @Override
  public Optional<String> passwordOf(String user) {
    return users.passwordOf(user);
  }

  @Override
  public void onRegister(RegisterRequest request) {
    registrations.register(request);
  }

  @Override
  public SipLeg.Listener onInvite(Invite invite, SipLeg leg) {
    if (!(invite.authentication() instanceof Authentication.Verified caller)) {
      leg.challenge();
      return SipLeg.Listener.NONE;
    }
    Attempt attempt =
        new Attempt(
            new Origin.User(caller.user()),
            users.addressOf(caller.user()),
            Branches.deviceAt(invite.source().toString()),
            invite.requestUri(),
            invite.sdp());
    return calls
        .place(attempt, new SipBridgeLeg(new LegRef("caller", Dialect.PLAIN), leg))
        .<SipLeg.Listener>map(call -> new SipLegEvents(call, call.callerEvents(), By.CALLER))
        .orElse(SipLeg.Listener.NONE);
  }
}
